package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/handlervet/handlervet/internal/config"
)

// one is for commands with a single argument; what says which.
func one(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return fmt.Errorf("`%s` takes exactly one argument, %s; see `%s --help`", cmd.CommandPath(), what, cmd.CommandPath())
	}
}

// some is for commands with one argument or more.
func some(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return nil
		}
		return fmt.Errorf("`%s` takes at least one argument, %s; see `%s --help`", cmd.CommandPath(), what, cmd.CommandPath())
	}
}

// none is for commands without arguments.
func none(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("`%s` takes no arguments, got %q; see `%s --help`", cmd.CommandPath(), args[0], cmd.CommandPath())
}

// subcommand is for commands that only lead to others.
func subcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return fmt.Errorf("unknown command %q; %s", args[0], hint(cmd, "", args[0], names))
}

// wrongFlag names the nearest flag and the command's help.
func wrongFlag(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden {
				names = append(names, f.Name)
			}
		})
		return fmt.Errorf("%w; %s", err, hint(cmd, "--", unknown.GetSpecifiedName(), names))
	}
	return fmt.Errorf("%w; see `%s --help`", err, cmd.CommandPath())
}

// hint ends an error about a mistyped name: with the nearest one, or with where they are listed.
func hint(cmd *cobra.Command, prefix, name string, names []string) string {
	if near := config.Nearest(name, names); near != "" {
		return fmt.Sprintf("did you mean `%s%s`?", prefix, near)
	}
	return fmt.Sprintf("see `%s --help`", cmd.CommandPath())
}

// noneEmpty refuses empty arguments and flag values. They usually come from an unset variable, as in `--diff "$BASE"`, and would
// silently mean the whole project.
func noneEmpty(cmd *cobra.Command, args []string) error {
	if slices.Contains(args, "") {
		return errors.New("an argument is empty; is a variable not set?")
	}
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Value.String() == "" || f.Value.String() == "[]" {
			err = fmt.Errorf("--%s is empty; give it a value or remove it", f.Name)
		}
	})
	return err
}
