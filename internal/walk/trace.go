package walk

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"
)

// Trace is what a walk of a whole tree rests on: its directories, the .gitignore files in them and what its links lead to. As
// long as it holds, another walk would find the same names.
type Trace struct {
	Names []string // of directories and .gitignore files
	Sum   string   // of their stamps
	Links []Link
}

// Link is a symbolic link and whether it was taken for a file to check.
type Link struct {
	Name  string
	Taken bool
}

// Holds tells whether nothing was created, deleted or renamed, and no other names are ignored.
func (t *Trace) Holds(root string) bool {
	stamps := make([]Stamp, len(t.Names))
	failed := make([]error, len(t.Names))
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		wait.Go(func() {
			for i := k; i < len(t.Names); i += workers {
				stamps[i], failed[i] = StampOf(Abs(root, t.Names[i]))
			}
		})
	}
	wait.Wait()
	if slices.ContainsFunc(failed, func(err error) bool { return err != nil }) || sumOf(stamps) != t.Sum {
		return false
	}
	w := &walker{root: root}
	return !slices.ContainsFunc(t.Links, func(l Link) bool { return w.link(l.Name) != l.Taken }) && len(w.problems) == 0
}

func sumOf(stamps []Stamp) string {
	var b []byte
	for _, s := range stamps {
		for _, n := range []uint64{uint64(s.Size), uint64(s.Modified), uint64(s.Changed), s.Inode, uint64(s.Mode)} {
			b = binary.LittleEndian.AppendUint64(b, n)
		}
	}
	sum := sha256.Sum256(b)
	return string(sum[:])
}

// tracer makes a trace. A nil one does nothing.
type tracer struct {
	mu     sync.Mutex
	stamps map[string]Stamp
	links  []Link
	// young means that a stamp may hide a change, or that the system does not tell enough.
	young bool
}

// look notes a directory or a .gitignore that is about to be read.
func (t *tracer) look(name, abs string) {
	if t == nil {
		return
	}
	begin := time.Now()
	s, err := StampOf(abs)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stamps[name] = s
	t.young = t.young || err != nil || s.Changed == 0 || !s.Settled(begin)
}

func (t *tracer) link(name string, taken bool) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.links = append(t.links, Link{name, taken})
}

// trace is what can be relied on later, nil if that is nothing.
func (t *tracer) trace() *Trace {
	if t == nil || t.young {
		return nil
	}
	out := &Trace{Names: slices.Sorted(maps.Keys(t.stamps)), Links: t.links}
	stamps := make([]Stamp, len(out.Names))
	for i, name := range out.Names {
		stamps[i] = t.stamps[name]
	}
	out.Sum = sumOf(stamps)
	return out
}
