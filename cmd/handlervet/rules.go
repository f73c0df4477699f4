package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/handlervet/handlervet/internal/project"
)

func newRules(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "rules",
		Short: "List the rules and their severities",
		Args:  none,
		RunE: func(*cobra.Command, []string) error {
			w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
			for _, r := range project.Rules() {
				if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, r.Default, strings.TrimSuffix(r.Summary(), ".")); err != nil {
					return err
				}
			}
			return w.Flush()
		},
	}
}
