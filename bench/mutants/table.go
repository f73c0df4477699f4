package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/internal/confirm"
)

// printTables writes the figures as Markdown.
func printTables(w io.Writer, mutants []*mutant) {
	fmt.Fprintln(w, "| deleted | mutants | equivalent | reported | confirmed | conditional | unconfirmed | no counterexample | not reported | not tried |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|---|---|---|")
	for _, k := range allKinds() {
		if of := ofKind(mutants, k.name); len(of) > 0 {
			fmt.Fprintln(w, row(k.name, of))
		}
	}
	fmt.Fprintln(w)
	printUntried(w, mutants)
	printWhole(w, mutants)
	printReasons(w, mutants)
}

// printUntried says why mutants were not tried.
func printUntried(w io.Writer, mutants []*mutant) {
	count := map[string]int{}
	for _, m := range mutants {
		if m.untried != "" {
			count[m.kind+": "+m.untried]++
		}
	}
	printCounts(w, "Not tried:", count)
}

func ofKind(mutants []*mutant, name string) []*mutant {
	return slices.DeleteFunc(slices.Clone(mutants), func(m *mutant) bool { return m.kind != name })
}

// row counts what was said about the mutants of one kind. Shares are of those that were tried and are not equivalent.
func row(name string, of []*mutant) string {
	equivalent, reported, missed, untried := 0, 0, 0, 0
	verdicts := map[confirm.Verdict]int{}
	for _, m := range of {
		switch {
		case m.untried != "":
			untried++
		case m.equivalent != "" && !m.reported:
			equivalent++
		case m.reported:
			reported++
			verdicts[m.verdict]++
		default:
			missed++
		}
	}
	rest := len(of) - equivalent - untried
	share := func(n int) string {
		if rest == 0 {
			return "0"
		}
		return fmt.Sprintf("%d (%.1f %%)", n, 100*float64(n)/float64(rest))
	}
	return fmt.Sprintf("| %s | %d | %d | %s | %s | %s | %s | %s | %s | %d |", name, len(of), equivalent, share(reported),
		share(verdicts[confirm.Confirmed]), share(verdicts[confirm.Conditional]), share(verdicts[confirm.Unconfirmed]),
		share(verdicts[confirm.Refuted]), share(missed), untried)
}

// printWhole says what came of asking about handlers as a whole.
func printWhole(w io.Writer, mutants []*mutant) {
	verdicts, n := map[confirm.Verdict]int{}, 0
	for _, m := range mutants {
		if m.whole != "" && m.equivalent == "" && m.untried == "" {
			verdicts[m.whole]++
			n++
		}
	}
	if n == 0 {
		return
	}
	fmt.Fprintf(w, "Asked about the handler as a whole, %d deleted completions: confirmed %d, conditional %d, unconfirmed %d, no counterexample (wrong) %d\n\n",
		n, verdicts[confirm.Confirmed], verdicts[confirm.Conditional], verdicts[confirm.Unconfirmed], verdicts[confirm.Refuted])
}

var specific = regexp.MustCompile(`\d+|[\w$@./\[\]"-]+\(.*\)|to \S+$`)

// printReasons groups the reasons of what is unconfirmed.
func printReasons(w io.Writer, mutants []*mutant) {
	count := map[string]int{}
	for _, m := range mutants {
		if m.verdict == confirm.Unconfirmed && m.untried == "" {
			count[m.kind+": "+specific.ReplaceAllString(m.reason, "…")]++
		}
	}
	printCounts(w, "Unconfirmed, by reason:", count)
}

// printCounts lists how often what was said, the most frequent first; nothing if nothing was.
func printCounts(w io.Writer, title string, count map[string]int) {
	if len(count) == 0 {
		return
	}
	fmt.Fprintln(w, title)
	for _, reason := range slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(count[b]-count[a], strings.Compare(a, b))
	}) {
		fmt.Fprintf(w, "* %d × %s\n", count[reason], reason)
	}
	fmt.Fprintln(w)
}

// printList names the mutants whose deletion was not confirmed.
func printList(w io.Writer, mutants []*mutant) {
	for _, m := range mutants {
		if m.untried != "" || m.verdict == confirm.Confirmed && m.whole != confirm.Refuted {
			continue
		}
		said := "not reported"
		if m.reported {
			said = string(m.verdict) + " [" + strings.Join(m.rules, " ") + "]"
		}
		fmt.Fprintf(w, "%s %s (%s): %s: %s", m.kind, m.place(), m.handler.Contract.ID, said, m.reason)
		if m.equivalent != "" {
			fmt.Fprintf(w, "; equivalent: %s", m.equivalent)
		}
		if m.whole != "" {
			fmt.Fprintf(w, "; whole: %s %s", m.whole, m.wholeReason)
		}
		fmt.Fprintln(w)
	}
}
