package main

import (
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/merge"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/rules"
)

type mergeFlags struct{ output, failOn string }

func newMerge(s streams) *cobra.Command {
	var f mergeFlags
	cmd := &cobra.Command{
		Use:   "merge <report.sarif>…",
		Short: "Combine SARIF reports, for example those of shards",
		Long: `Combine SARIF reports of handlervet into one report with one run.

The reports of all shards of a check become the report of the whole check: a finding about a helper that several shards
reach appears once, and a suppression that one of them needs is not reported as unused. The exit status is that of the
whole check.`,
		Example: `  handlervet check --shard 1/2 --fail-on never --format sarif -o 1.sarif
  handlervet check --shard 2/2 --fail-on never --format sarif -o 2.sarif
  handlervet merge 1.sarif 2.sarif -o handlervet.sarif`,
		Args: some("a SARIF report of handlervet"),
		RunE: func(_ *cobra.Command, args []string) error { return f.run(s, args) },
	}
	cmd.Flags().StringVarP(&f.output, "output", "o", "", "write the report to `file` instead of stdout")
	cmd.Flags().StringVar(&f.failOn, "fail-on", string(rules.Warning), "lowest `severity` that makes the exit status 1")
	_ = cmd.RegisterFlagCompletionFunc("fail-on", cobra.FixedCompletions(config.FailLevels(), cobra.ShellCompDirectiveNoFileComp)) // the flag is there
	return cmd
}

func (f *mergeFlags) run(s streams, args []string) error {
	if err := project.OneOf("--fail-on", f.failOn, config.FailLevels()); err != nil {
		return err
	}
	var inputs []merge.Input
	for _, name := range args {
		text, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("cannot read the report %s: %w", name, reason(err))
		}
		inputs = append(inputs, merge.Input{Name: name, Text: text})
	}
	log, err := merge.SARIF(inputs)
	if err != nil {
		return err
	}
	if err := toOutput(s.out, f.output, func(w io.Writer) error { return log.Write(w) }); err != nil {
		return err
	}
	switch {
	case log.Failed():
		_, _ = fmt.Fprintln(s.err, "handlervet: a part of the check failed; the notifications in the report say why")
		return status(exitFailed)
	case slices.ContainsFunc(log.Severities(), func(s rules.Severity) bool { return fails(s, f.failOn) }):
		return status(exitFindings)
	}
	return nil
}
