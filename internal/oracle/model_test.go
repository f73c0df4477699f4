package oracle

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/confirm/bundle"
	"github.com/handlervet/handlervet/internal/confirm/instrument"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/rules"
)

// told is one way that a handler can end, as the solver or the sandbox tells it.
type told struct {
	answers         []bool // in order; true is an error
	explicit        int    // answers that the code asked for
	loose, looseEnd bool   // something fails that nobody handles: before the first answer, after it
}

// endsProcess finds in a contract's words that an unhandled rejection ends the process.
var endsProcess = regexp.MustCompile(`process\b.*\b(ends|exits|end)\b|ends the process`)

// outcome is what becomes of it under a contract.
func (s told) outcome(c *platform.Contract) string {
	ends := endsProcess.MatchString(c.Floating)
	switch {
	case s.loose && ends:
		return dies
	case len(s.answers) == 0 && s.loose && c.Protocol.FloatingAnswers:
		return failed
	case len(s.answers) == 0 && c.EmptyAnswers:
		return empty
	case len(s.answers) == 0:
		return never
	}
	word := answered
	if s.answers[0] {
		word = failed
	}
	if s.explicit > 1 {
		word += twice
	}
	if s.looseEnd && ends {
		word += later
	}
	return word
}

// subject is what the rules are asked about, and the method of the exported object that is the handler, if one is.
type subject struct {
	*rules.Subject
	method string
}

// subjects leads a tree through the pipeline and returns what the rules are asked about, by file.
func subjects(t *testing.T, root string) map[string]*subject {
	t.Helper()
	found := map[string]*subject{}
	var mu sync.Mutex // handlers are asked about in parallel
	listen := rules.Rule{Name: "oracle", Default: rules.Info, Check: func(s *rules.Subject, _ func(rules.Finding)) {
		mu.Lock()
		defer mu.Unlock()
		found[s.Handler.File] = &subject{Subject: s}
	}}
	out, err := pipeline.Run(context.Background(), pipeline.Options{Root: root, Rules: []rules.Rule{listen}})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range out.Handlers {
		if s := found[h.File]; s != nil {
			s.method = h.Entry.Method
		}
	}
	return found
}

// solved is what the solver says: its outcomes' words, sorted.
func solved(s *subject) string {
	if s.Contract.MaxParams > 0 && s.Shape.Length > s.Contract.MaxParams {
		return refused
	}
	var words []string
	for i := range s.Result.Outcomes {
		words = append(words, solvedOne(&s.Result.Outcomes[i], s.Contract).outcome(s.Contract))
	}
	slices.Sort(words)
	return strings.Join(slices.Compact(words), " or ")
}

func solvedOne(o *flow.Outcome, contract *platform.Contract) told {
	var s told
	for _, c := range o.Completions {
		// What a response's method is called with is no error, though the solver cannot tell it from a callback's argument.
		s.answers = append(s.answers, c.Error && (c.Implicit || slices.Contains(contract.Args, platform.RoleCallback)))
		if !c.Implicit {
			s.explicit++
		}
	}
	for _, u := range o.Unhandled {
		if u.AfterCompletion {
			s.looseEnd = true
		} else {
			s.loose = true
		}
	}
	return s
}

// sandboxed is what a run in the sandbox says.
func sandboxed(t *testing.T, root string, s *subject) string {
	t.Helper()
	h := s.Handler
	if s.Contract.MaxParams > 0 && s.Shape.Length > s.Contract.MaxParams {
		return refused // it never gets there
	}
	options := bundle.Options{Root: root, File: h.File}
	if len(s.Contract.Globals) > 0 {
		options.Private = bundle.Private(root, h.File)
	}
	bundled, err := bundle.Bundle(options)
	if err != nil {
		t.Fatal(err)
	}
	script, err := instrument.Compile(bundled.Code, bundle.RegisterName)
	if err != nil {
		t.Fatal(err)
	}
	run := sandbox.Execute(&sandbox.Job{
		Script: script, Contract: s.Contract, Export: h.Name, Method: s.method, File: h.File, Line: h.Line, BudgetMS: h.Budget.MS,
	}, nil, false)
	if run.End == sandbox.NoStart || run.End == sandbox.Guard {
		t.Fatalf("the sandbox does not run it: %s", run.Reason)
	}
	var out told
	for _, a := range run.Answers {
		out.answers = append(out.answers, a.Error)
		if !a.Implicit {
			out.explicit++
		}
	}
	for _, l := range run.Loose {
		switch {
		case l.Answers: // the handler's own promise, which somebody answers for
		case l.AfterAnswer:
			out.looseEnd = true
		default:
			out.loose = true
		}
	}
	return out.outcome(s.Contract)
}
