package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
)

// comparison tells findings of two reports apart by who has them.
type comparison struct {
	both, onlyLint, onlyFindings []place
	texts                        [2]report // of the linter, of handlervet
}

// compare takes findings on one line for the same.
func compare(lint, findings report, projects []string) comparison {
	c := comparison{texts: [2]report{lint, findings}}
	for p := range lint {
		if _, ok := findings[p]; ok {
			c.both = append(c.both, p)
		} else {
			c.onlyLint = append(c.onlyLint, p)
		}
	}
	for p := range findings {
		if _, ok := lint[p]; !ok && in(projects, p.file) {
			c.onlyFindings = append(c.onlyFindings, p)
		}
	}
	for _, list := range [][]place{c.both, c.onlyLint, c.onlyFindings} {
		slices.SortFunc(list, func(a, b place) int { return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line)) })
	}
	return c
}

// print writes a table in Markdown. Reasons are those that somebody found by reading the code, by place.
func (c comparison) print(w io.Writer, reasons map[string]string) {
	fmt.Fprintf(w, "| | findings |\n|---|--:|\n| both report the line | %d |\n", len(c.both))
	c.side(w, "only typescript-eslint", c.onlyLint, reasons)
	c.side(w, "only handlervet", c.onlyFindings, reasons)
}

func (c comparison) side(w io.Writer, who string, list []place, reasons map[string]string) {
	fmt.Fprintf(w, "| %s | %d |\n", who, len(list))
	counts := map[string]int{}
	for _, p := range list {
		counts[cmp.Or(reasons[p.String()], "reason not looked into")]++
	}
	order := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for _, reason := range order {
		fmt.Fprintf(w, "| – %s | %d |\n", reason, counts[reason])
	}
}

// list writes every place, for whoever looks for the reasons.
func (c comparison) list(w io.Writer, reasons map[string]string) {
	for _, part := range []struct {
		who   string
		list  []place
		texts report
	}{{"both", c.both, c.texts[1]}, {"only typescript-eslint", c.onlyLint, c.texts[0]}, {"only handlervet", c.onlyFindings, c.texts[1]}} {
		for _, p := range part.list {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", part.who, p, reasons[p.String()], part.texts[p])
		}
	}
}
