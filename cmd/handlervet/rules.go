package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/rules"
)

func newRules(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "rules",
		Short: "List the rules and their severities",
		Args:  none,
		RunE: func(*cobra.Command, []string) error {
			w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
			for _, r := range project.Rules() {
				if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, r.Default, summary(r)); err != nil {
					return err
				}
			}
			return w.Flush()
		},
	}
}

// summary is the first sentence of a rule's page.
func summary(r rules.Rule) string {
	for line := range strings.SplitSeq(r.Doc, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == '<' {
			continue
		}
		if i := strings.Index(line, ". "); i >= 0 {
			return line[:i]
		}
		return strings.TrimSuffix(line, ".")
	}
	return ""
}
