package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/walk"
)

func newInit(s streams) *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a commented " + walk.ConfigName + " into the working directory",
		Args:  none,
		RunE: func(*cobra.Command, []string) error {
			if _, err := os.Lstat(walk.ConfigName); !force && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("%s exists; replace it with --force", walk.ConfigName)
			}
			text := config.Template(templateRules())
			if err := os.WriteFile(walk.ConfigName, []byte(text), 0o644); err != nil {
				return fmt.Errorf("cannot write the config: %w", err)
			}
			_, err := fmt.Fprintf(s.out, "wrote %s\n", walk.ConfigName)
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace the file if it exists")
	return cmd
}

func templateRules() []config.RuleLine {
	var lines []config.RuleLine
	for _, r := range project.Rules() {
		lines = append(lines, config.RuleLine{Name: r.Name, Level: string(r.Default)})
	}
	return lines
}
