package changes

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/internal/report"
	"github.com/handlervet/handlervet/rules"
)

// Fresh are those of the findings after the change that were not there before it. What counts is the fingerprint, not whether the
// line was touched: a helper that no longer answers breaks handlers in files that did not change.
func (b *Base) Fresh(now, before []rules.Finding, text func(file string) string) []rules.Finding {
	known := map[string]bool{}
	for _, f := range before {
		known[f.Fingerprint] = true
	}
	isNew := make([]bool, len(now))
	alike := map[string][]int{}
	for i, f := range now {
		isNew[i] = b.Added[f.Range.File] || !known[f.Fingerprint]
		key := report.Fingerprint(f, []byte(text(f.Range.File)))
		alike[key] = append(alike[key], i)
	}
	for _, group := range alike {
		b.settle(group, now, isNew, text)
	}
	var fresh []rules.Finding
	for i, f := range now {
		if isNew[i] {
			fresh = append(fresh, f)
		}
	}
	return fresh
}

// settle picks which of several findings that look alike are the new ones. Fingerprints only number them, so they tell
// how many are new: those on lines that the change touched are taken first.
func (b *Base) settle(group []int, now []rules.Finding, isNew []bool, text func(string) string) {
	count := 0
	for _, i := range group {
		if isNew[i] {
			count++
		}
	}
	if count == 0 || count == len(group) {
		return
	}
	order := slices.Clone(group)
	slices.SortStableFunc(order, func(i, j int) int {
		return rank(b.touches(now[i], text), isNew[i]) - rank(b.touches(now[j], text), isNew[j])
	})
	for at, i := range order {
		isNew[i] = at < count
	}
}

func rank(touched, isNew bool) int {
	switch {
	case touched:
		return 0
	case isNew:
		return 1
	}
	return 2
}

// touches tells whether a finding or one of its steps is on a line that the change touched.
func (b *Base) touches(f rules.Finding, text func(string) string) bool {
	if b.on(f.Range, text) {
		return true
	}
	return slices.ContainsFunc(f.Steps, func(s flow.Step) bool { return b.on(s.Range, text) })
}

func (b *Base) on(r flow.Range, text func(string) string) bool {
	spans := b.lines[r.File]
	if len(spans) == 0 {
		return false
	}
	x := position.New([]byte(text(r.File)))
	first, last := x.Line(r.Start), x.Line(max(r.End-1, r.Start))
	return slices.ContainsFunc(spans, func(s span) bool { return first <= s.last && s.first <= last })
}
