package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/handlervet/handlervet/internal/confirm"
	"github.com/handlervet/handlervet/internal/fix"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// maxRounds bounds how often a tree is checked again after fixes: one fix may make room for another.
const maxRounds = 10

type fixFlags struct {
	project projectFlags
	unsafe  bool
	diff    bool
	confirm bool
}

func newFix(s streams) *cobra.Command {
	var f fixFlags
	cmd := &cobra.Command{
		Use:   "fix [path…]",
		Short: "Apply the safe fixes of findings",
		Long: `Apply the safe fixes, check again, and repeat until none are left.

The exit status is 1 if findings at or above the threshold remain; with --diff, if there is something to change.`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), s, args) },
	}
	f.project.add(cmd.Flags())
	cmd.Flags().BoolVar(&f.unsafe, "unsafe", false, "also apply fixes that may change code that works")
	cmd.Flags().BoolVar(&f.diff, "diff", false, "print the changes instead of writing them")
	cmd.Flags().BoolVar(&f.confirm, "confirm", false, "run the suspect paths in a sandbox; fix a confirmed finding only if the changed code passes there")
	return cmd
}

func (f *fixFlags) run(ctx context.Context, s streams, args []string) error {
	pr, err := f.project.load(args)
	if err != nil {
		return err
	}
	if err := pr.ReadBaseline(); err != nil {
		return err
	}
	before := map[string]string{}
	pr.Options.Overlay = map[string]string{}
	stop := progress(s.err, &pr.Options)
	out, applied, err := f.rounds(ctx, pr, before)
	stop()
	if err != nil {
		return err
	}
	if f.diff {
		return f.showDiff(s, pr, out, before)
	}
	if err := write(pr.Root, pr.Options.Overlay); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(s.err, "applied %s in %s; %s left\n", count(applied, "fix", "fixes"), count(len(before), "file", "files"), count(len(out.Findings), "finding", "findings"))
	return exitStatus(s.err, pr, out, false)
}

// rounds fixes and checks again until nothing changes. The overlay of the project holds the new texts.
func (f *fixFlags) rounds(ctx context.Context, pr *project.Project, before map[string]string) (*pipeline.Outcome, int, error) {
	applied := 0
	for range maxRounds {
		out, err := pipeline.Run(ctx, pr.Options)
		if err != nil {
			return nil, 0, err
		}
		found, err := f.proved(ctx, pr, out, inScope(out))
		if err != nil {
			return nil, 0, err
		}
		res, err := fix.Apply(found, f.unsafe, source(out))
		if err != nil {
			return nil, 0, err
		}
		if res.Applied == 0 {
			return out, applied, nil
		}
		applied += res.Applied
		for file, text := range res.Changed {
			if _, ok := before[file]; !ok {
				before[file] = out.Text(file)
			}
			pr.Options.Overlay[file] = text
		}
	}
	out, err := pipeline.Run(ctx, pr.Options)
	return out, applied, err
}

// proved runs the code with the fixes, if requested: fixes that a run refutes are no longer safe.
func (f *fixFlags) proved(ctx context.Context, pr *project.Project, out *pipeline.Outcome, found []rules.Finding) ([]rules.Finding, error) {
	if !f.confirm {
		return found, nil
	}
	return confirm.Findings(ctx, confirm.Options{Root: pr.Root, Overlay: pr.Options.Overlay}, found, out.Handlers)
}

// inScope leaves out fixes that would change files the user did not name.
func inScope(out *pipeline.Outcome) []rules.Finding {
	found := slices.Clone(out.Findings)
	for i := range found {
		found[i].Fixes = slices.DeleteFunc(slices.Clone(found[i].Fixes), func(x rules.Fix) bool {
			return slices.ContainsFunc(x.Edits, func(e rules.Edit) bool { return !out.Checked(e.Range.File) })
		})
	}
	return found
}

func source(out *pipeline.Outcome) fix.Source {
	return fix.Source{
		Text:  func(file string) (string, error) { return out.Text(file), nil },
		Valid: pipeline.Parses,
	}
}

func (f *fixFlags) showDiff(s streams, pr *project.Project, out *pipeline.Outcome, before map[string]string) error {
	for _, file := range slices.Sorted(maps.Keys(before)) {
		if _, err := io.WriteString(s.out, fix.Diff(file, before[file], pr.Options.Overlay[file])); err != nil {
			return err
		}
	}
	if err := exitStatus(s.err, pr, out, true); err != nil {
		return err
	}
	if len(before) > 0 {
		return status(exitFindings)
	}
	return nil
}

// write puts the new texts into their files; a file keeps its mode.
func write(root string, texts map[string]string) error {
	for _, file := range slices.Sorted(maps.Keys(texts)) {
		if err := os.WriteFile(walk.Abs(root, file), []byte(texts[file]), 0o644); err != nil {
			return fmt.Errorf("cannot write the fixed file: %w; files that sort before it were written", err)
		}
	}
	return nil
}
