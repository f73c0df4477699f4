package changes

import (
	"context"
	"slices"
)

// Staged is the project as the next commit will record it.
type Staged struct {
	// Files are the names of what is staged and differs from the last commit, deleted files left out, sorted.
	Files []string
	// Overlay are the texts of files whose work tree differs from the index, by name.
	Overlay map[string]string
	// Untracked are files in the work tree that the commit will not hold.
	Untracked []string
	// Gone are files of Files that are no longer in the work tree.
	Gone []string
}

// Staged reads the index.
func (r *Repository) Staged(ctx context.Context) (*Staged, error) {
	files, err := r.names(ctx, "diff", "--cached", "--name-only", "--relative", "--no-renames", "--ignore-submodules", "--diff-filter=AMT", "-z")
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	edited, err := r.names(ctx, "diff", "--name-only", "--relative", "--no-renames", "--ignore-submodules", "--diff-filter=MT", "-z")
	if err != nil {
		return nil, err
	}
	texts, err := r.texts(ctx, "", edited)
	if err != nil {
		return nil, err
	}
	s := &Staged{Files: files, Overlay: map[string]string{}}
	for i, name := range edited {
		if texts[i] != nil {
			s.Overlay[name] = string(texts[i])
		}
	}
	if s.Untracked, err = r.untracked(ctx); err != nil {
		return nil, err
	}
	gone, err := r.names(ctx, "ls-files", "--deleted", "-z")
	for _, name := range gone {
		if _, staged := slices.BinarySearch(files, name); staged {
			s.Gone = append(s.Gone, name)
		}
	}
	return s, err
}
