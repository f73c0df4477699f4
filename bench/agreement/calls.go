package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/handlervet/handlervet/internal/pipeline"
)

// call is one call that the type checker looked at.
type call struct {
	File string
	Line int
	Last int    // offset of the closing parenthesis, in bytes from 0
	Call string // what is called
	Bare bool   // nothing takes its result
	Type string // promise, other, any
	// Taken is what handlervet takes the result for: one of answers.
	Taken string
	Why   string
}

// The kinds of answers, in the order of the table's columns; "own" is code of the project, which handlervet follows instead of asking
// what it gives, "silent" a call that no handler reaches.
var (
	types   = []string{"promise", "other", "any"}
	answers = []string{"promise", "other", "own", "unknown", "silent"}
)

// explain asks handlervet about every call, a run a project.
func explain(ctx context.Context, root string, projects []string, calls []call) error {
	for _, project := range projects {
		out, err := pipeline.Run(ctx, pipeline.Options{Root: root + "/" + project})
		if err != nil {
			return fmt.Errorf("%s: %w", project, err)
		}
		explain := out.Explainer()
		for i := range calls {
			c := &calls[i]
			file, ok := strings.CutPrefix(c.File, project+"/")
			if !ok {
				continue
			}
			x, ok := explain(file, c.Last)
			c.Taken, c.Why = answer(x.Takes, ok), cmp.Or(x.Why, "no handler reaches it")
		}
	}
	return nil
}

// answer sorts what explain-call says into the kinds of answers.
func answer(takes string, reached bool) string {
	switch {
	case !reached:
		return "silent"
	case takes == "unknown":
		return "unknown"
	case strings.HasPrefix(takes, "a promise"):
		return "promise"
	case strings.HasPrefix(takes, "a call of the project's own code"):
		return "own"
	}
	return "other"
}

// printCalls writes a table in Markdown: what the checker says downwards, what handlervet says across.
func printCalls(w io.Writer, calls []call) {
	fmt.Fprint(w, "| the type checker says | a promise | something else | the project's own function | unknown | not reached |\n|---|--:|--:|--:|--:|--:|\n")
	titles := map[string]string{"promise": "a promise", "other": "something else", "any": "`any`"}
	for _, t := range types {
		fmt.Fprintf(w, "| %s ", titles[t])
		for _, a := range answers {
			n := 0
			for _, c := range calls {
				if c.Type == t && c.Taken == a {
					n++
				}
			}
			fmt.Fprintf(w, "| %d ", n)
		}
		fmt.Fprintln(w, "|")
	}
}
