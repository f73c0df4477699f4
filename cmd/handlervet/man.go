package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// newMan is hidden: only a release needs it. The date in the pages is SOURCE_DATE_EPOCH, so that they are reproducible.
func newMan() *cobra.Command {
	return &cobra.Command{
		Use:    "man <directory>",
		Short:  "Write the manual pages into a directory",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("cannot write manual pages: %w", err)
			}
			root := cmd.Root()
			root.DisableAutoGenTag = true
			for _, c := range root.Commands() {
				c.Use = strings.NewReplacer("<", `\<`, ">", `\>`).Replace(c.Use) // pages are made from Markdown
			}
			return doc.GenManTree(root, &doc.GenManHeader{Title: "HANDLERVET", Section: "1", Source: "handlervet " + version()}, args[0])
		},
	}
}
