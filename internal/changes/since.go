package changes

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// Base is the project before a change, as far as it differs, and which lines the change touched.
type Base struct {
	// Overlay are the texts before the change, by the names that files have after it.
	Overlay map[string]string
	// Added are files that were not there before.
	Added map[string]bool
	lines map[string][]span
}

// span are lines of the text after the change, both ends included, counted from 1.
type span struct{ first, last int }

// Since is the project at the commit where the present one left that of rev: what others did on rev in the meantime is no part of
// the change. The change goes up to the work tree with its untracked files, or up to the index if only what is staged counts.
func (r *Repository) Since(ctx context.Context, rev string, staged bool) (*Base, error) {
	commit, err := r.fork(ctx, rev)
	if err != nil {
		return nil, err
	}
	args := []string{
		"-c", "core.quotePath=false", "diff", "--unified=0", "--relative", "--find-renames", "--no-color", "--no-ext-diff", "--no-textconv",
		"--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/",
	}
	if staged {
		args = append(args, "--cached")
	}
	patch, err := r.git(ctx, nil, append(args, commit, "--")...)
	if err != nil {
		return nil, err
	}
	files, _, err := gitdiff.Parse(bytes.NewReader(patch))
	if err != nil {
		return nil, fmt.Errorf("cannot read what `git diff` wrote: %w", err)
	}
	b := &Base{Overlay: map[string]string{}, Added: map[string]bool{}, lines: map[string][]span{}}
	if err := b.read(ctx, r, commit, files); err != nil || staged {
		return b, err
	}
	untracked, err := r.untracked(ctx)
	for _, name := range untracked {
		b.Added[name] = true
	}
	return b, err
}

// fork is the last commit that rev and the present one have in common, or that of rev if there is none.
func (r *Repository) fork(ctx context.Context, rev string) (string, error) {
	commit, err := r.git(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if err != nil {
		return "", fmt.Errorf("git has no commit %q; in CI, fetch it first (a shallow clone may lack it)", rev)
	}
	id := strings.TrimSpace(string(commit))
	if common, err := r.git(ctx, nil, "merge-base", id, "HEAD"); err == nil {
		id = strings.TrimSpace(string(common))
	}
	return id, nil
}

// read records what the files of a diff were before it.
func (b *Base) read(ctx context.Context, r *Repository, commit string, files []*gitdiff.File) error {
	var before, after []string
	for _, f := range files {
		switch {
		case f.IsDelete:
			continue
		case f.IsNew:
			b.Added[f.NewName] = true
		default:
			before, after = append(before, f.OldName), append(after, f.NewName)
		}
		b.lines[f.NewName] = touched(f)
	}
	texts, err := r.texts(ctx, commit, before)
	if err != nil {
		return err
	}
	for i, name := range after {
		b.Overlay[name] = string(texts[i])
	}
	return nil
}

// touched are the new lines. Where lines were only removed, it is the line before them.
func touched(f *gitdiff.File) []span {
	var list []span
	for _, t := range f.TextFragments {
		first := int(t.NewPosition)
		list = append(list, span{first, first + max(int(t.NewLines), 1) - 1})
	}
	return list
}

// Before are the texts before the change, on top of those that already replace the ones on disk.
func (b *Base) Before(overlay map[string]string) map[string]string {
	all := maps.Clone(overlay)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, b.Overlay)
	return all
}
