package report

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"slices"
	"sort"
)

// limits are how much a reader of SARIF takes.
type limits struct {
	results int // a run
	steps   int // a result
	bytes   int // of the whole log, compressed
}

// codeScanning is what GitHub takes.
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
func codeScanning() limits { return limits{results: 25_000, steps: 10_000, bytes: 10_000_000} }

// EncodeSARIF writes a decoded log of one run as all our logs are written: names in order, and cut to what code scanning takes.
func EncodeSARIF(w io.Writer, log map[string]any) error { return encodeWithin(w, log, codeScanning()) }

// encodeWithin cuts a log to the limits: paths at their beginning, because the end is what is wrong, and of the results
// it keeps the most severe. What was cut, the run says as a notification.
func encodeWithin(w io.Writer, log map[string]any, l limits) error {
	runs, _ := log["runs"].([]any)
	if len(runs) != 1 {
		return encode(w, log)
	}
	run, _ := runs[0].(map[string]any)
	results, _ := run["results"].([]any)
	for _, r := range results {
		l.cutSteps(r)
	}
	kept := mostSevere(results)
	cut := func(n int) (text *bytes.Buffer, fits bool) {
		if run["results"] = kept(n); n < len(results) {
			tellCut(run, len(results), n)
		}
		text = &bytes.Buffer{}
		fits = encode(text, log) == nil && (text.Len() <= l.bytes || compressed(text.Bytes()) <= l.bytes)
		return text, fits
	}
	most := min(len(results), l.results)
	text, fits := cut(most)
	if !fits {
		text, _ = cut(max(0, sort.Search(most, func(n int) bool { _, fits := cut(n); return !fits })-1))
	}
	_, err := w.Write(text.Bytes())
	return err
}

// cutSteps shortens the paths of a result.
func (l limits) cutSteps(result any) {
	r, _ := result.(map[string]any)
	flows, _ := r["codeFlows"].([]any)
	for _, f := range flows {
		flow, _ := f.(map[string]any)
		threads, _ := flow["threadFlows"].([]any)
		for _, t := range threads {
			thread, _ := t.(map[string]any)
			if steps, _ := thread["locations"].([]any); len(steps) > l.steps {
				thread["locations"] = steps[len(steps)-l.steps:]
			}
		}
	}
}

// mostSevere gives the n most severe results in the order in which they are.
func mostSevere(results []any) func(n int) []any {
	order := make([]int, len(results))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(levelRank(results[a]), levelRank(results[b])) })
	return func(n int) []any {
		chosen := slices.Clone(order[:n])
		slices.Sort(chosen)
		kept := make([]any, n)
		for i, at := range chosen {
			kept[i] = results[at]
		}
		return kept
	}
}

func levelRank(result any) int {
	r, _ := result.(map[string]any)
	return slices.Index([]string{"error", "warning", "note"}, fmt.Sprint(r["level"]))
}

// compressed is the size of a text as it is uploaded, in bytes.
func compressed(text []byte) int {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(text) // a buffer takes everything
	_ = z.Close()
	return b.Len()
}

// cutID tells the notification of a cut from others.
const cutID = "report-cut"

// tellCut has the run's invocation say what was cut, once.
func tellCut(run map[string]any, all, kept int) {
	invocations, _ := run["invocations"].([]any)
	if len(invocations) == 0 {
		return
	}
	invocation, _ := invocations[0].(map[string]any)
	notes, _ := invocation["toolExecutionNotifications"].([]any)
	notes = slices.DeleteFunc(slices.Clone(notes), isCutNote)
	invocation["toolExecutionNotifications"] = append(notes, map[string]any{
		"level":      "warning",
		"message":    map[string]any{"text": fmt.Sprintf("The report is cut to what code scanning takes: it holds the %d most severe of %d results.", kept, all)},
		"descriptor": map[string]any{"id": cutID},
	})
}

func isCutNote(note any) bool {
	n, _ := note.(map[string]any)
	d, _ := n["descriptor"].(map[string]any)
	return d["id"] == cutID
}
