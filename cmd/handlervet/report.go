package main

import (
	"io"

	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/report"
)

// writeReport writes the findings in the format asked for.
func writeReport(w io.Writer, f *checkFlags, pr *project, out *pipeline.Outcome) error {
	r := &report.Report{Findings: out.Findings}
	return report.Write(f.format, w, r, report.Options{Color: colored(f.color, w)})
}
