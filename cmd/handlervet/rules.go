package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func newRules(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "rules",
		Short: "List the rules with their severities",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
			for _, r := range allRules() {
				if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, r.Default, summary(r)); err != nil {
					return err
				}
			}
			return w.Flush()
		},
	}
}
