package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
)

// textWriter writes for people.
type textWriter struct {
	*bufio.Writer
	*places
	style
	width int
}

// Text writes what people read: the message, the source line with the place
// marked, the steps that lead there and what to do.
func Text(w io.Writer, r *Report, opt Options) error {
	t := &textWriter{bufio.NewWriter(w), r.places(), style{opt.Color, opt.Links, r.Root}, opt.Width}
	if t.width <= 0 {
		t.width = 100
	}
	for _, x := range r.Problems {
		fmt.Fprintf(t, "%s%s\n", problemPlace(x), t.paint(red, clean(x.Text)))
	}
	for _, f := range sorted(r.Findings) {
		t.finding(f)
	}
	if len(r.Findings)+len(r.Problems) > 0 {
		fmt.Fprintln(t, tally(r.Summary()))
	}
	return t.Flush()
}

func problemPlace(x Problem) string {
	switch {
	case x.File == "":
		return "handlervet: "
	case x.Line < 1:
		return clean(x.File) + ": "
	}
	return fmt.Sprintf("%s:%d:%d: ", clean(x.File), x.Line, max(x.Column, 1))
}

func (t *textWriter) finding(f rules.Finding) {
	fmt.Fprintf(t, "%s: %s %s\n", t.place(f.Range, true), t.paint(bold+severityColor(f.Severity), clean(f.Message)),
		t.link(RuleURL(f.Rule), t.paint(dim, "["+f.Rule+"]")))
	t.excerpt(f.Range, severityColor(f.Severity))
	for i, s := range f.Steps {
		fmt.Fprintf(t, "  %*d. %s: %s\n", len(strconv.Itoa(len(f.Steps))), i+1, t.place(s.Range, false), clean(s.Text))
	}
	for _, line := range f.Confirmation.Witness {
		fmt.Fprintf(t, "  %s: %s\n", clean(f.Confirmation.Verdict), clean(line))
	}
	if f.Help != "" {
		fmt.Fprintf(t, "  %s %s\n", t.paint(cyan, "help:"), clean(f.Help))
	}
	for _, x := range f.Fixes {
		fmt.Fprintf(t, "  %s %s (%s)\n", t.paint(cyan, "fix:"), clean(x.Title), fixCommand(x))
	}
	fmt.Fprintln(t)
}

func fixCommand(x rules.Fix) string {
	how := "`handlervet fix --unsafe`; look at what it changes"
	if x.Safe {
		how = "`handlervet fix`"
	}
	if x.Verification != "" {
		how += "; " + clean(x.Verification)
	}
	return how
}

// place is file and line, with the column if asked.
func (t *textWriter) place(r flow.Range, column bool) string {
	start, _ := t.span(r, position.Runes)
	text := fmt.Sprintf("%s:%d", clean(r.File), start.Line)
	if column {
		text = fmt.Sprintf("%s:%d", text, start.Column)
	}
	return t.link(t.fileURL(r.File), text)
}

// excerpt is the line where a range starts, and the marks under it.
func (t *textWriter) excerpt(r flow.Range, color string) {
	x := t.index(r.File)
	line := x.Line(r.Start)
	source := x.Text(line)
	if strings.TrimSpace(string(source)) == "" {
		return
	}
	first := x.Start(line)
	from := min(max(r.Start-first, 0), len(source))
	to := min(max(r.End-first, from), len(source))
	shown, marks := mark(source, from, to, t.width)
	gutter := strconv.Itoa(line)
	fmt.Fprintf(t, "%s %s\n", t.paint(dim, gutter+" |"), shown)
	indent := len(marks) - len(strings.TrimLeft(marks, " "))
	fmt.Fprintf(t, "%s %s%s\n", t.paint(dim, strings.Repeat(" ", len(gutter))+" |"), marks[:indent], t.paint(color, marks[indent:]))
}

// tally is the last line.
func tally(s Summary) string {
	var parts []string
	for _, c := range []struct {
		n    int
		word string
	}{{s.Errors, "error"}, {s.Warnings, "warning"}, {s.Infos, "info"}, {s.Problems, "problem"}} {
		if c.n > 0 {
			parts = append(parts, count(c.n, c.word))
		}
	}
	line := strings.Join(parts, ", ")
	if s.Handlers > 0 {
		line += " in " + count(s.Handlers, "handler")
	}
	if s.Known > 0 {
		line += fmt.Sprintf("; %d more in the baseline", s.Known)
	}
	return line
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
