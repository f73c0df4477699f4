package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// bench is what all measurements share.
type bench struct {
	binary, work string
	shards       int
}

// row is one line of the table. The bytes are those of the reports, or of what the cache keeps.
type row struct {
	what            string
	wall, processor time.Duration
	memory, bytes   int64
}

// measure checks n copies of a tree in each way.
func (b *bench) measure(dir string, n int) ([]row, error) {
	tree := filepath.Join(b.work, "tree"+strconv.Itoa(n))
	for i := range n {
		if err := duplicate(dir, filepath.Join(tree, fmt.Sprintf("copy%03d", i+1))); err != nil {
			return nil, err
		}
	}
	defer func() { _ = os.RemoveAll(tree) }() // run removes what stays
	steps := []func(tree string) (row, error){b.whole, b.inShards, b.cold, b.warm}
	var rows []row
	for _, step := range steps {
		r, err := step(tree)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, os.RemoveAll(b.cache())
}

func (b *bench) cache() string { return filepath.Join(b.work, "cache") }

func (b *bench) report(name string) string { return filepath.Join(b.work, name+".sarif") }

func (b *bench) whole(tree string) (row, error) {
	r, err := b.start("check", "--root", tree, "--no-cache", "--format", "sarif", "-o", b.report("whole"))
	r.what, r.bytes = "at once", sizeOf(b.report("whole"))
	return r, err
}

// inShards sums processor time and bytes over the shards; wall and memory are those of the worst, as each would have its own machine.
func (b *bench) inShards(tree string) (row, error) {
	total := row{what: fmt.Sprintf("the worst of %d shards; processor of all, and of their merge", b.shards)}
	arguments := []string{"merge", "-o", b.report("merged")}
	for i := 1; i <= b.shards; i++ {
		file := b.report(strconv.Itoa(i))
		r, err := b.start("check", "--root", tree, "--no-cache", "--format", "sarif", "-o", file, "--shard", fmt.Sprintf("%d/%d", i, b.shards))
		if err != nil {
			return row{}, err
		}
		total.wall, total.memory = max(total.wall, r.wall), max(total.memory, r.memory)
		total.processor += r.processor
		total.bytes += sizeOf(file)
		arguments = append(arguments, file)
	}
	r, err := b.start(arguments...)
	total.processor += r.processor
	return total, errors.Join(err, b.sameReport())
}

// sameReport holds that what is measured is right.
func (b *bench) sameReport() error {
	whole, err := os.ReadFile(b.report("whole"))
	if err != nil {
		return err
	}
	merged, err := os.ReadFile(b.report("merged"))
	if err == nil && string(whole) != string(merged) {
		err = errors.New("the shards together say something else than the whole check")
	}
	return err
}

func (b *bench) cold(tree string) (row, error) { return b.cached(tree, "at once, filling the cache") }

func (b *bench) warm(tree string) (row, error) {
	return b.cached(tree, "again, from the cache")
}

func (b *bench) cached(tree, what string) (row, error) {
	r, err := b.start("check", "--root", tree, "--cache-dir", b.cache(), "--format", "sarif", "-o", b.report("cached"))
	r.what, r.bytes = what, sizeOf(b.cache())
	return r, err
}

// start runs handlervet. Findings are no failure.
func (b *bench) start(arguments ...string) (row, error) {
	cmd := exec.Command(b.binary, arguments...)
	begin := time.Now()
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return row{}, fmt.Errorf("handlervet %v: %w", arguments, err)
	}
	state := cmd.ProcessState
	return row{wall: time.Since(begin), processor: state.UserTime() + state.SystemTime(), memory: peak(state)}, nil
}

func build(file string) error {
	cmd := exec.Command("go", "build", "-o", file, "./cmd/handlervet")
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// duplicate copies a tree without its Go code and what git keeps. Copies are links where the system can: nothing writes to them.
func duplicate(from, to string) error {
	return filepath.WalkDir(from, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, file)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "node_modules"):
			return filepath.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		case !d.Type().IsRegular() || filepath.Ext(file) == ".go":
			return nil
		}
		if os.Link(file, filepath.Join(to, rel)) == nil {
			return nil
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), text, 0o644)
	})
}

// sizeOf is the size of a file, or of the files below a directory.
func sizeOf(name string) int64 {
	var total int64
	_ = filepath.WalkDir(name, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil // what cannot be seen is not counted
	})
	return total
}
