package server

import (
	"context"
	"encoding/json"
	"slices"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/server/documents"
)

// The commands. docs/lsp.md says what each takes and gives.
const (
	commandBaseline = "handlervet.addToBaseline"
	commandConfirm  = "handlervet.confirm"
	commandExplain  = "handlervet.explain"
	commandFixAll   = "handlervet.fixAll"
	commandHandler  = "handlervet.handler"
	commandRestart  = "handlervet.recheck"
	commandState    = "handlervet.state"
)

func commandNames() []string {
	return []string{commandBaseline, commandConfirm, commandExplain, commandFixAll, commandHandler, commandRestart, commandState}
}

// ExecuteCommand does what a lens or an action asks for.
func (s *Server) ExecuteCommand(ctx context.Context, p *protocol.ExecuteCommandParams) (protocol.LSPAny, error) {
	result, err := s.execute(ctx, p)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(result)
	return protocol.LSPAny(raw), err
}

func (s *Server) execute(ctx context.Context, p *protocol.ExecuteCommandParams) (any, error) {
	var args struct {
		handlerAt
		Rule   string `json:"rule"`
		Unsafe bool   `json:"unsafe"`
	}
	if len(p.Arguments) > 0 {
		if err := json.Unmarshal(p.Arguments[0], &args); err != nil {
			return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%s: %v", p.Command, err)
		}
	}
	switch p.Command {
	case commandBaseline:
		return s.addToBaseline(ctx, args.handlerAt)
	case commandConfirm:
		return s.confirmAt(ctx, args.handlerAt)
	case commandExplain:
		r, err := project.RuleByName(args.Rule)
		return map[string]string{"rule": r.Name, "page": r.Doc}, err
	case commandFixAll:
		return s.fixAll(ctx, args.handlerAt, args.Unsafe)
	case commandHandler:
		return s.tellHandler(ctx, args.handlerAt)
	case commandRestart:
		s.recheck()
		return nil, nil
	case commandState:
		return s.describeState(), nil
	}
	return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "unknown command %q", p.Command)
}

// fixAll fixes a whole file through the client.
func (s *Server) fixAll(ctx context.Context, at handlerAt, unsafe bool) (any, error) {
	doc := open(ctx).At(at.URI)
	if doc == nil || !s.client.applies {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%s is not open, or the editor accepts no edits", at.URI)
	}
	f := s.folderFor(doc.Path, false)
	a, err := f.exactly(ctx, doc)
	if err != nil {
		return nil, err
	}
	w := &worker{server: s, folder: f, from: a.of(doc.Path), doc: doc}
	edit, err := w.rounds(ctx, unsafe)
	if err != nil || edit == nil {
		return map[string]bool{"applied": false}, err
	}
	res, err := s.client.ApplyEdit(ctx, &protocol.ApplyWorkspaceEditParams{Label: new("Fix all with handlervet"), Edit: *edit})
	return map[string]bool{"applied": res != nil && res.Applied}, err
}

// tellHandler shows what is known about a handler.
func (s *Server) tellHandler(ctx context.Context, at handlerAt) (any, error) {
	path, ok := documents.PathOf(at.URI)
	if !ok {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%s is no file", at.URI)
	}
	a, err := s.folderFor(path, false).current(ctx)
	if err != nil {
		return nil, changedMeanwhile(err)
	}
	for _, h := range a.outcome.Handlers {
		if h.File == a.name(path) && h.Name == at.Handler && (at.Line == 0 || at.Line == h.Line) {
			if !s.client.witness {
				s.say(ctx, protocol.MessageTypeInfo, plain(describe(h)))
			}
			return map[string]string{"text": describe(h)}, nil
		}
	}
	return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "there is no longer a handler %q", at.Handler)
}

// recheck forgets all that is remembered and checks again.
func (s *Server) recheck() {
	for _, f := range s.allFolders() {
		f.begin()
	}
	s.refresh()
}

// folderReport is what `handlervet.state` says of a folder.
type folderReport struct {
	Dir        string `json:"dir"`
	Root       string `json:"root"`
	Files      int    `json:"files"`
	Handlers   int    `json:"handlers"`
	Findings   int    `json:"findings"`
	Generation uint64 `json:"generation"` // of the texts
	Told       uint64 `json:"told"`       // the generation that was published last
	Go         bool   `json:"go"`         // whether Go files are being checked
	MS         int64  `json:"ms"`         // of the last check
}

// describeState says what the server knows, for reports of mistakes.
func (s *Server) describeState() any {
	var list []folderReport
	for _, f := range s.allFolders() {
		f.mu.Lock()
		r := folderReport{Dir: f.dir, Root: f.root, Generation: f.generation, Told: f.toldOf, Go: f.busyGo}
		if a := f.last; a != nil {
			r.Files, r.Handlers, r.Findings = a.outcome.Stats.Files, len(a.outcome.Handlers), len(a.outcome.Findings)
			r.MS = a.outcome.Stats.Total.Milliseconds()
		}
		f.mu.Unlock()
		list = append(list, r)
	}
	open := []string{}
	for path := range s.docs.Snapshot() {
		open = append(open, path)
	}
	slices.Sort(open)
	return map[string]any{
		"version": s.options.Version, "encoding": s.client.encoding, "pull": s.client.pulls, "unsent": s.unsent(),
		"settings": s.getSettings(), "open": open, "folders": list,
	}
}
