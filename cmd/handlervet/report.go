package main

import (
	"io"
	"os"

	"golang.org/x/term"

	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/report"
)

// writeReport writes the findings in the format asked for.
func writeReport(w io.Writer, f *checkFlags, pr *project.Project, out *pipeline.Outcome) error {
	r := &report.Report{
		Root:       pr.Root,
		Version:    version(),
		Findings:   out.Findings,
		Suppressed: out.Suppressed,
		Texts: func(file string) ([]byte, bool) {
			text, err := out.Read(file)
			return text, err == nil
		},
		Rules: project.Rules(),
		Stats: report.Stats{Files: out.Stats.Scripts, Handlers: out.Stats.Handlers, Known: len(out.Known)},
	}
	for _, p := range out.Problems {
		r.Problems = append(r.Problems, report.Problem{File: p.File, Text: reason(p.Err).Error()})
	}
	color := colored(f.color, w)
	opt := report.Options{Color: color, Links: color && isTerminal(w), Width: width(w), Suppressed: f.suppressed}
	return report.Write(f.format, w, r, opt)
}

// width is that of the terminal, 0 if there is none.
func width(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil {
			return columns
		}
	}
	return 0
}
