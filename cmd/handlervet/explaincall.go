package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/handlervet/handlervet/internal/pipeline"
)

func newExplainCall(s streams) *cobra.Command {
	var f projectFlags
	cmd := &cobra.Command{
		Use:     "explain-call file:line:column",
		Short:   "Say how handlervet classifies a call (a promise, a callback, unknown), and why",
		Example: "  handlervet explain-call functions/send.js:12:9",
		Args:    one("file:line:column"),
		RunE:    func(cmd *cobra.Command, args []string) error { return explainCall(cmd.Context(), s, &f, args[0]) },
	}
	f.add(cmd.Flags())
	return cmd
}

func explainCall(ctx context.Context, s streams, f *projectFlags, at string) error {
	place, column, ok := cutNumber(at)
	file, line, ok2 := cutNumber(place)
	if !ok || !ok2 {
		return fmt.Errorf("%q is not file:line:column; expected for example functions/send.js:12:9", at)
	}
	pr, err := f.load(nil) // handlers of other files may be what reaches it
	if err != nil {
		return err
	}
	out, err := pipeline.Run(ctx, pr.Options)
	if err != nil {
		return err
	}
	inside := name(pr.Root, file)
	text, err := out.Read(inside)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", file, reason(err))
	}
	offset, ok := offsetOf(string(text), line, column)
	if !ok {
		return fmt.Errorf("%s has no line %d, column %d (columns count characters, from 1)", file, line, column)
	}
	x, ok := out.ExplainCall(inside, offset)
	if !ok {
		return unexplained(at, x.Call, len(out.Handlers))
	}
	_, err = fmt.Fprintf(s.out, "%s: %s is treated as %s: %s\n", at, x.Call, x.Takes, x.Why)
	return err
}

// unexplained is why there is no answer about a place.
func unexplained(at, call string, handlers int) error {
	switch {
	case handlers == 0:
		return errors.New("no handler was found, so no call is reached; `handlervet check --list-handlers` says where they are looked for")
	case call == "":
		return fmt.Errorf("there is no call at %s; point at a call's name or at its parentheses", at)
	}
	return fmt.Errorf("no handler reaches %s at %s; `handlervet check --list-handlers` lists the handlers", call, at)
}

// cutNumber cuts `:12` off the end.
func cutNumber(text string) (before string, n int, ok bool) {
	i := strings.LastIndexByte(text, ':')
	if i < 0 {
		return text, 0, false
	}
	n, err := strconv.Atoi(text[i+1:])
	return filepath.Clean(text[:i]), n, err == nil && n > 0
}

// offsetOf is the byte offset of a line and column, both from 1; columns count characters.
func offsetOf(text string, line, column int) (int, bool) {
	start := 0
	for range line - 1 {
		i := strings.IndexByte(text[start:], '\n')
		if i < 0 {
			return 0, false
		}
		start += i + 1
	}
	end := len(text)
	if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
		end = start + i
	}
	n := 1
	for i := range text[start:end] {
		if n == column {
			return start + i, true
		}
		n++
	}
	return 0, false
}
