// Package changes asks git what a change consists of: what is staged, and what differs from a
// commit. It works on both sides of the pipeline: before it, staged texts replace those on disk;
// after it, findings that existed before the change are removed.
package changes

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// Repository is a git work tree, seen from one of its directories: all names are relative to that, with slashes, and
// files outside it are not seen.
type Repository struct{ dir string }

// Open finds the repository that a directory belongs to.
func Open(ctx context.Context, dir string) (*Repository, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, errors.New("--staged and --diff need git, which is not on the PATH")
	}
	r := &Repository{dir: dir}
	said, err := r.git(ctx, nil, "rev-parse", "--is-inside-work-tree")
	if err != nil || strings.TrimSpace(string(said)) != "true" {
		return nil, fmt.Errorf("%s is not inside a git repository; --staged and --diff need one", dir)
	}
	return r, nil
}

// git runs git and returns what it wrote. The error holds what git complained about.
func (r *Repository) git(ctx context.Context, in io.Reader, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"--no-pager"}, args...)...)
	cmd.Dir = r.dir
	cmd.Stdin = in
	var out, trouble bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &trouble
	if err := cmd.Run(); err != nil {
		if said := strings.TrimSpace(trouble.String()); said != "" {
			err = errors.New(said)
		}
		return nil, fmt.Errorf("git %s: %w", args[0], err)
	}
	return out.Bytes(), nil
}

// names runs a git command that ends each name with a zero byte.
func (r *Repository) names(ctx context.Context, args ...string) ([]string, error) {
	out, err := r.git(ctx, nil, args...)
	if err != nil {
		return nil, err
	}
	var list []string
	for name := range strings.SplitSeq(string(out), "\x00") {
		if name != "" {
			list = append(list, name)
		}
	}
	return list, nil
}

// untracked are the files that git neither knows nor ignores.
func (r *Repository) untracked(ctx context.Context) ([]string, error) {
	return r.names(ctx, "ls-files", "--others", "--exclude-standard", "-z")
}

// texts reads files as they are in a commit, or in the index if that is "". The result has the order of the names; what
// is not there, or is no file, is nil.
func (r *Repository) texts(ctx context.Context, commit string, names []string) ([][]byte, error) {
	if len(names) == 0 {
		return nil, nil
	}
	var ask bytes.Buffer
	for _, name := range names {
		if strings.Contains(name, "\n") {
			return nil, fmt.Errorf("the name %q has a line break, which `git cat-file` cannot be asked for", name)
		}
		fmt.Fprintf(&ask, "%s:./%s\n", commit, name)
	}
	out, err := r.git(ctx, &ask, "cat-file", "--batch")
	if err != nil {
		return nil, err
	}
	answers := bufio.NewReader(bytes.NewReader(out))
	list := make([][]byte, len(names))
	for i := range names {
		if list[i], err = object(answers); err != nil {
			return nil, fmt.Errorf("git cat-file: %s: %w", names[i], err)
		}
	}
	return list, nil
}

// object reads one answer of `git cat-file --batch`: a line "id type size" and the bytes, or a line that ends in "missing".
func object(r *bufio.Reader) ([]byte, error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return nil, err
	}
	var id, kind string
	var size int
	if n, _ := fmt.Sscanf(line, "%s %s %d", &id, &kind, &size); n < 3 || strings.HasSuffix(line, " missing\n") {
		return nil, nil
	}
	text := make([]byte, size+1) // a line break follows
	if _, err := io.ReadFull(r, text); err != nil {
		return nil, err
	}
	if kind != "blob" {
		return nil, nil
	}
	return text[:size:size], nil
}
