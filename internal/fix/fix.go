// Package fix applies the edits that findings carry and shows what they change. It comes after the
// rules: findings → changed files.
package fix

import (
	"cmp"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/rules"
)

// Source gives the text of files and tells whether changed ones are valid.
type Source struct {
	Text func(file string) (string, error)
	// Valid says whether a changed file still parses.
	Valid func(file, text string) bool
}

// Result is what applying one round of fixes did.
type Result struct {
	Changed map[string]string // new texts by file
	Applied int
	// Refused are the fixes that would have broken their file.
	Refused int
}

// Apply takes for each finding its first fix that is allowed, as many as do not
// overlap, and returns the changed files. A fix is applied in whole or not at all.
func Apply(found []rules.Finding, unsafe bool, src Source) (*Result, error) {
	res := &Result{Changed: map[string]string{}}
	taken := map[string][]rules.Edit{}
	for _, f := range found {
		x := choose(f.Fixes, unsafe)
		if x == nil || overlaps(taken, x.Edits) {
			continue
		}
		next, err := try(taken, x.Edits, src)
		if err != nil {
			return nil, err
		}
		if next == nil {
			res.Refused++
			continue
		}
		for _, e := range x.Edits {
			taken[e.Range.File] = append(taken[e.Range.File], e)
		}
		for file, text := range next {
			res.Changed[file] = text
		}
		res.Applied++
	}
	return res, nil
}

// choose is the first safe fix; if there is none and unsafe fixes are allowed, the first fix.
func choose(fixes []rules.Fix, unsafe bool) *rules.Fix {
	for i := range fixes {
		if fixes[i].Safe && len(fixes[i].Edits) > 0 {
			return &fixes[i]
		}
	}
	if unsafe && len(fixes) > 0 && len(fixes[0].Edits) > 0 {
		return &fixes[0]
	}
	return nil
}

// overlaps says whether edits touch bytes that were already changed. Two
// insertions at one place overlap as well: their order would be a guess.
func overlaps(taken map[string][]rules.Edit, edits []rules.Edit) bool {
	for i, e := range edits {
		if slices.ContainsFunc(taken[e.Range.File], func(t rules.Edit) bool { return collide(t, e) }) {
			return true
		}
		if slices.ContainsFunc(edits[:i], func(t rules.Edit) bool { return collide(t, e) }) {
			return true
		}
	}
	return false
}

func collide(a, b rules.Edit) bool {
	if a.Range.File != b.Range.File {
		return false
	}
	if a.Range.Start == b.Range.Start {
		return true
	}
	return a.Range.Start < b.Range.End && b.Range.Start < a.Range.End
}

// try applies edits on top of those taken; nil means that a file would no longer parse.
func try(taken map[string][]rules.Edit, edits []rules.Edit, src Source) (map[string]string, error) {
	all := map[string][]rules.Edit{}
	for _, e := range edits {
		file := e.Range.File
		if all[file] == nil {
			all[file] = slices.Clone(taken[file])
		}
		all[file] = append(all[file], e)
	}
	out := map[string]string{}
	for file, es := range all {
		text, err := src.Text(file)
		if err != nil {
			return nil, err
		}
		changed, ok := Edited(text, es)
		if !ok || !src.Valid(file, changed) {
			return nil, nil
		}
		out[file] = changed
	}
	return out, nil
}

// Edited is a text with edits that do not overlap; false if they do. New lines end as those of the file do.
func Edited(text string, edits []rules.Edit) (string, bool) {
	edits = slices.Clone(edits)
	slices.SortFunc(edits, func(a, b rules.Edit) int { return cmp.Compare(a.Range.Start, b.Range.Start) })
	crlf := strings.Contains(text, "\r\n")
	var b strings.Builder
	at := 0
	for _, e := range edits {
		if e.Range.Start < at || e.Range.End < e.Range.Start || e.Range.End > len(text) {
			return "", false
		}
		b.WriteString(text[at:e.Range.Start])
		if crlf {
			b.WriteString(strings.ReplaceAll(strings.ReplaceAll(e.Text, "\r\n", "\n"), "\n", "\r\n"))
		} else {
			b.WriteString(e.Text)
		}
		at = e.Range.End
	}
	b.WriteString(text[at:])
	return b.String(), true
}
