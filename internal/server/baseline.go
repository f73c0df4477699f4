package server

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/baseline"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// addToBaseline records a finding as known. Without a baseline it begins one and names it in the config.
func (s *Server) addToBaseline(ctx context.Context, at handlerAt) (any, error) {
	path, ok := documents.PathOf(at.URI)
	if !ok || at.Fingerprint == "" {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "name a finding: give `handler` or `fingerprint`")
	}
	f := s.folderFor(path, false)
	a, err := f.current(ctx)
	if err != nil {
		return nil, changedMeanwhile(err)
	}
	for _, x := range a.of(path).findings[path] {
		if x.Fingerprint == at.Fingerprint {
			file, err := f.remember(ctx, a, x)
			if err != nil {
				return nil, err
			}
			f.changed()
			if isGo(path) {
				f.checkGo()
			}
			s.refresh()
			return map[string]string{"baseline": file}, nil
		}
	}
	return nil, protocol.ErrContentModified
}

func (f *folder) remember(ctx context.Context, a *analysis, x rules.Finding) (string, error) {
	file := a.project.Baseline
	if file == "" {
		file = filepath.Join(f.root, project.DefaultBaseline)
		if err := f.nameBaseline(ctx, a); err != nil {
			return "", err
		}
	}
	return file, baseline.Add(file, x)
}

// nameBaseline has the config name the baseline: in the editor if it is open there, else on disk.
func (f *folder) nameBaseline(ctx context.Context, a *analysis) error {
	path := filepath.Join(f.root, walk.ConfigName)
	text, _ := textOf(path, a.open) // a config that is not there is begun
	next := text
	if next != "" && !strings.HasSuffix(next, "\n") {
		next += "\n"
	}
	next += "baseline: " + project.DefaultBaseline + "\n"
	if a.open[path] == nil {
		return os.WriteFile(path, []byte(next), 0o644)
	}
	res, err := f.server.client.ApplyEdit(ctx, &protocol.ApplyWorkspaceEditParams{
		Label: new("Name the baseline"), Edit: *f.server.changes(a, map[string]string{path: next}),
	})
	if err == nil && !res.Applied {
		err = jsonrpc2.Errorf(jsonrpc2.InternalError, "the editor did not change %s", walk.ConfigName)
	}
	return err
}
