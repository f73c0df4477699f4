package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// The exit statuses. A run that could not do its work says so even if it found something.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailed   = 2
)

// streams is where a command writes.
type streams struct{ out, err io.Writer }

// status is an error that only carries an exit status; the message has already been written.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// run is main without the process: it returns the exit status.
func run(ctx context.Context, args []string, s streams) int {
	root := newRoot(s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var st status
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &st):
		return int(st)
	}
	_, _ = fmt.Fprintf(s.err, "handlervet: %v\n", err)
	return exitFailed
}

func newRoot(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "handlervet",
		Short: "Find serverless handlers that hang, answer twice, lose work or exceed their time limit",
		Long: `handlervet finds serverless handlers that hang, answer twice, lose work or exceed
their time limit, and shows the path on which it happens.

Exit status: 0 no findings at or above the threshold, 1 findings, 2 handlervet could not do its work.`,
		PersistentPreRunE: noneEmpty,
		SilenceUsage:      true,
		SilenceErrors:     true,
		Args:              subcommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(newCheck(s), newFix(s), newExplain(s), newExplainCall(s), newRules(s), newInit(s), newMerge(s), newConfirm(s), newSandbox(), newMan(), newLSP(s), newVersion(s))
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" {
			c.Args, c.RunE = subcommand, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
	return root
}
