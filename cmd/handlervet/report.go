package main

import (
	"fmt"
	"io"
	"os"
	"slices"

	"golang.org/x/term"

	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/report"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/rules"
)

// write writes the findings to every requested place.
func (f *checkFlags) write(std io.Writer, pr *project.Project, out *pipeline.Outcome) error {
	report := func(format string) func(io.Writer) error {
		return func(w io.Writer) error { return writeReport(w, format, f, pr, out) }
	}
	if f.sarif != "" {
		if err := toOutput(std, f.sarif, report("sarif")); err != nil {
			return err
		}
	}
	return toOutput(std, f.output, report(f.format))
}

// certain are the findings that other shards cannot contradict: a suppression unused here may be used there.
// SARIF keeps all of them, for merge.
func certain(pr *project.Project, out *pipeline.Outcome) []rules.Finding {
	if pr.Options.Shard == (pipeline.Shard{}) {
		return out.Findings
	}
	return slices.DeleteFunc(slices.Clone(out.Findings), func(f rules.Finding) bool { return f.Rule == suppress.Unused })
}

// writeReport writes the findings in a format.
func writeReport(w io.Writer, format string, f *checkFlags, pr *project.Project, out *pipeline.Outcome) error {
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
		Shard: pr.Options.Shard.String(),
		Used:  out.Used(),
	}
	if format != "sarif" {
		r.Findings = certain(pr, out)
	}
	for _, p := range out.Problems {
		r.Problems = append(r.Problems, report.Problem{File: p.File, Text: reason(p.Err).Error()})
	}
	color := colored(f.color, w)
	opt := report.Options{Color: color, Links: color && isTerminal(w), Width: width(w), Suppressed: f.suppressed}
	return report.Write(format, w, r, opt)
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

// toOutput writes to a file, or to the standard output if none is named.
func toOutput(std io.Writer, name string, write func(io.Writer) error) error {
	if name == "" || name == "-" {
		if err := write(std); err != nil {
			return fmt.Errorf("cannot write the report: %w", err)
		}
		return nil
	}
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("cannot write the report: %w; name a file in an existing directory", err)
	}
	if err := write(file); err != nil {
		_ = file.Close() // the first error says more
		return err
	}
	return file.Close()
}
