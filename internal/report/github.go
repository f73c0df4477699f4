package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
)

// GitHub writes workflow commands, which become annotations of the lines of a pull request.
func GitHub(w io.Writer, r *Report, _ Options) error {
	out := bufio.NewWriter(w)
	p := r.places()
	for _, x := range r.Problems {
		fmt.Fprintf(out, "::error %s::%s\n", problemProperties(x), commandData(x.Text))
	}
	for _, f := range sorted(r.Findings) {
		start, end := p.span(f.Range, position.Runes)
		fmt.Fprintf(out, "::%s file=%s,line=%d,endLine=%d", command(f.Severity), commandProperty(f.Range.File), start.Line, end.Line)
		if start.Line == end.Line { // columns are refused otherwise
			fmt.Fprintf(out, ",col=%d,endColumn=%d", start.Column, end.Column)
		}
		fmt.Fprintf(out, ",title=%s::%s\n", commandProperty(f.Rule), commandData(p.annotation(f)))
	}
	return out.Flush()
}

// annotation is the body: message, steps and help, a line each.
func (p *places) annotation(f rules.Finding) string {
	lines := []string{f.Message}
	lines = append(lines, p.steps(f)...)
	if f.Help != "" {
		lines = append(lines, "help: "+f.Help)
	}
	return strings.Join(lines, "\n")
}

// steps are the numbered steps of a finding.
func (p *places) steps(f rules.Finding) []string {
	var lines []string
	for i, s := range f.Steps {
		lines = append(lines, fmt.Sprintf("%d. %s:%d: %s", i+1, s.Range.File, p.index(s.Range.File).Line(s.Range.Start), s.Text))
	}
	return lines
}

func problemProperties(x Problem) string {
	props := []string{}
	if x.File != "" {
		props = append(props, "file="+commandProperty(x.File))
	}
	if x.File != "" && x.Line > 0 {
		props = append(props, fmt.Sprintf("line=%d", x.Line))
		if x.Column > 0 {
			props = append(props, fmt.Sprintf("col=%d", x.Column))
		}
	}
	return strings.Join(append(props, "title=handlervet"), ",")
}

func command(s rules.Severity) string {
	switch s {
	case rules.Error:
		return "error"
	case rules.Warning:
		return "warning"
	}
	return "notice"
}

func commandData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func commandProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
