package server

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/confirm"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/rules"
)

// verdict is what came of a confirmation, for clients that show it themselves.
type verdict struct {
	Rule    string   `json:"rule"`
	Message string   `json:"message"`
	Line    int      `json:"line"` // from 1
	Verdict string   `json:"verdict"`
	Witness []string `json:"witness"`
}

// confirmAt runs the findings about a handler, or one of them, in the sandbox and shows what came of it.
func (s *Server) confirmAt(ctx context.Context, at handlerAt) (any, error) {
	path, ok := documents.PathOf(at.URI)
	if !ok {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%s is no file", at.URI)
	}
	f := s.folderFor(path, false)
	a, err := f.current(ctx)
	if err != nil {
		return nil, changedMeanwhile(err)
	}
	wanted := a.meant(path, at)
	if len(wanted) == 0 {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "there is nothing to confirm here")
	}
	proved, err := f.prove(ctx, a, wanted)
	if err != nil {
		return nil, err
	}
	s.showWitness(ctx, proved)
	list := make([]verdict, len(proved))
	for i, x := range proved {
		list[i] = verdict{
			Rule: x.Rule, Message: x.Message, Line: a.index(a.path(x.Range.File)).Line(x.Range.Start),
			Verdict: x.Confirmation.Verdict, Witness: append([]string{}, x.Confirmation.Witness...),
		}
	}
	return map[string]any{"findings": list}, nil
}

// meant are the findings that a command is about and that a run can show.
func (a *analysis) meant(path string, at handlerAt) []rules.Finding {
	found := a.findings[path]
	for _, h := range a.outcome.Handlers {
		if at.Fingerprint == "" && h.File == a.name(path) && h.Name == at.Handler && (at.Line == 0 || at.Line == h.Line) {
			found = a.about(h)
		}
	}
	return slices.DeleteFunc(slices.Clone(found), func(f rules.Finding) bool {
		return !confirmable(f) || at.Fingerprint != "" && f.Fingerprint != at.Fingerprint
	})
}

// prove runs findings in the sandbox and shows them with what came of it, as long as the texts stay as they are.
func (f *folder) prove(ctx context.Context, a *analysis, found []rules.Finding) ([]rules.Finding, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer f.server.beginProgress("Confirming", fmt.Sprintf("%d findings", len(found)), cancel).end()
	proved, err := confirm.Findings(ctx, confirm.Options{
		Root: f.root, Command: f.server.options.Sandbox, Overlay: f.overlay(a.open),
	}, found, a.outcome.Handlers)
	if err != nil {
		return nil, err
	}
	f.keep(ctx, a, proved)
	return proved, nil
}

// keep remembers and shows what came of a confirmation, in the findings of now: what it rests on may have been checked
// again since, without a change.
func (f *folder) keep(ctx context.Context, a *analysis, proved []rules.Finding) {
	now, err := f.current(ctx)
	if err != nil {
		return // the texts are changing: it would not hold for long
	}
	still := slices.DeleteFunc(slices.Clone(proved), func(x rules.Finding) bool { return !a.agrees(now, &x) })
	f.mu.Lock()
	if f.last == nil || f.last.generation != now.generation {
		f.mu.Unlock()
		return
	}
	next := f.last.with(still)
	f.last = next
	f.mu.Unlock()
	if !f.server.client.pulls {
		f.publish(next)
	}
	f.server.refresh()
}

// agrees tells whether the files that a finding speaks of have the same text in another analysis.
func (a *analysis) agrees(other *analysis, x *rules.Finding) bool {
	same := func(name string) bool { return a.text(a.path(name)) == other.text(other.path(name)) }
	return same(x.Range.File) && !slices.ContainsFunc(x.Steps, func(s flow.Step) bool { return !same(s.Range.File) })
}

// with is the analysis with findings in the place of those with the same fingerprint.
func (a *analysis) with(proved []rules.Finding) *analysis {
	by := map[string]*rules.Finding{}
	for i := range proved {
		by[proved[i].Fingerprint] = &proved[i]
	}
	replace := func(list []rules.Finding) []rules.Finding {
		list = slices.Clone(list)
		for i := range list {
			if p := by[list[i].Fingerprint]; p != nil {
				list[i] = *p
			}
		}
		return list
	}
	next, out := *a, *a.outcome
	out.Findings = replace(out.Findings)
	next.outcome, next.findings = &out, maps.Clone(a.findings)
	for path, list := range next.findings {
		next.findings[path] = replace(list)
	}
	return &next
}

// witness tells what a run has shown.
func witness(f *rules.Finding) string {
	lines := f.Confirmation.Witness
	switch confirm.Verdict(f.Confirmation.Verdict) {
	case confirm.Confirmed:
		return "confirmed, a run shows it:\n" + strings.Join(lines, "\n")
	case confirm.Conditional:
		return "a run shows it under an assumption:\n" + strings.Join(lines, "\n")
	case confirm.Refuted:
		return "no run shows it: " + strings.Join(lines, "\n")
	}
	return "not confirmed: " + strings.Join(lines, "\n")
}

// showWitness shows what came of confirmations, unless the client does so itself.
func (s *Server) showWitness(ctx context.Context, proved []rules.Finding) {
	if s.client.witness {
		return
	}
	var parts []string
	for i := range proved {
		parts = append(parts, fmt.Sprintf("%s: %s\n%s", proved[i].Rule, proved[i].Message, witness(&proved[i])))
	}
	s.say(ctx, protocol.MessageTypeInfo, strings.Join(parts, "\n\n"))
}

func (s *Server) say(ctx context.Context, kind protocol.MessageType, text string) {
	if err := s.client.ShowMessage(ctx, &protocol.ShowMessageParams{Type: kind, Message: text}); err != nil {
		s.options.Log.Debug("cannot show a message", "error", err)
	}
}

func changedMeanwhile(err error) error {
	if errors.Is(err, errSuperseded) {
		return protocol.ErrContentModified
	}
	return err
}

// confirmSaved confirms what was found in a file that was saved, if the user wants that.
func (s *Server) confirmSaved(f *folder, path string) {
	if s.getSettings().Confirm != onSave {
		return
	}
	s.spawn(func(ctx context.Context) {
		a, err := f.current(ctx)
		if err != nil {
			return // the next save will do
		}
		found := slices.DeleteFunc(slices.Clone(a.findings[path]), func(x rules.Finding) bool {
			return !confirmable(x) || x.Confirmation.Verdict != ""
		})
		if len(found) == 0 {
			return
		}
		if _, err := f.prove(ctx, a, found); err != nil {
			s.options.Log.Debug("cannot confirm", "error", err)
		}
	})
}
