package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/handlervet/handlervet/internal/project"
)

func newExplain(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "explain <rule>",
		Short: "Print a rule's page: what it does, why it matters, how to fix it",
		Args:  one("the name of a rule"),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return project.RuleNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			r, err := project.RuleByName(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(s.out, strings.TrimRight(r.Doc, "\n"))
			return err
		},
	}
}
