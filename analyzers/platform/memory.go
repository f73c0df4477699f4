package platform

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Memory keeps what Discover found out, for another Discover of the same tree after some of its files have changed. The zero value
// remembers nothing. It is used by one goroutine at a time.
//
// What is remembered rests on three things: on the list of the tree's files and on the options, so both must stay the same (otherwise,
// start with a new Memory); on the files that are read for all handlers, such as deployment files and tsconfig.json; and, of what one
// file holds, on the files that were looked into for it.
type Memory struct {
	base  *finder   // as it is after the deployment files were read; nil if they must be read
	whole *recorder // what was read for it
	// looks are in the order of files; nil where a file must be looked into.
	files []string
	looks []*look
	// recalled are the looks of an earlier process, by file, until the first Discover.
	recalled map[string]*look
}

// look is what one file was found to hold.
type look struct {
	project Project
	used    map[string]bool
	again   []string // of the files used, those that were parsed, and those that could not be read
}

// Again calls yield with the names of the files that the tree was asked to parse, or could not read, in the last Discover or in those
// before it of which something is remembered. A name may come several times.
func (m *Memory) Again(yield func(file string) bool) {
	if !all(m.whole.again(), yield) {
		return
	}
	for _, l := range m.looks {
		if !all(l.again, yield) {
			return
		}
	}
}

func all(names []string, yield func(string) bool) bool {
	for _, name := range names {
		if !yield(name) {
			return false
		}
	}
	return true
}

func (l *look) uses(file string) bool {
	_, ok := l.used[file]
	return ok
}

// Forget drops what rests on files that are not what they were: changed, gone, or there although they were not.
func (m *Memory) Forget(changed ...string) {
	if m.base == nil {
		return
	}
	if slices.ContainsFunc(changed, m.whole.has) {
		*m = Memory{}
		return
	}
	for i, l := range m.looks {
		if l != nil && slices.ContainsFunc(changed, l.uses) {
			m.looks[i] = nil
		}
	}
}

// Discover is the function of that name, which looks only into what is not remembered.
func (m *Memory) Discover(t Tree, o Options) *Project {
	if m.base == nil {
		m.whole = &recorder{used: map[string]bool{}}
		m.whole.tree.Store(&t)
		m.base = newFinder(m.whole, o)
		m.base.readDeployments()
		m.files = m.base.candidates()
		m.looks = make([]*look, len(m.files))
		for i, file := range m.files {
			m.looks[i] = m.recalled[file]
		}
		m.recalled = nil
	}
	m.whole.tree.Store(&t)
	m.lookInto(t)
	f := *m.base
	f.project = m.base.project.clone()
	for _, l := range m.looks {
		f.project.add(&l.project)
	}
	f.finish()
	return f.project
}

// lookInto looks into all files that are not remembered, in parallel.
func (m *Memory) lookInto(t Tree) {
	var missing []int
	for i, l := range m.looks {
		if l == nil {
			missing = append(missing, i)
		}
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(missing)) {
		wg.Go(func() {
			for at := next.Add(1) - 1; at < int64(len(missing)); at = next.Add(1) - 1 {
				m.looks[missing[at]] = m.base.lookAt(t, m.files[missing[at]])
			}
		})
	}
	wg.Wait()
}

// lookAt finds the handlers of one file, and notes what that took.
func (f *finder) lookAt(t Tree, file string) *look {
	own, seen := *f, &recorder{used: map[string]bool{}}
	seen.tree.Store(&t)
	own.tree, own.project = seen, &Project{}
	own.project.Handlers = own.findIn(file)
	return &look{project: *own.project, used: seen.used, again: seen.again()}
}

// add appends what one file holds.
func (p *Project) add(of *Project) {
	p.Handlers = append(p.Handlers, of.Handlers...)
	p.Notes = append(p.Notes, of.Notes...)
	p.Settings = append(p.Settings, of.Settings...)
	for i := len(p.Settings) - len(of.Settings); i < len(p.Settings); i++ {
		p.Settings[i].Outer = slices.Clip(p.Settings[i].Outer) // it is added to when all is known
	}
}

func (p *Project) clone() *Project {
	out := &Project{Problems: slices.Clone(p.Problems)}
	out.add(p)
	return out
}
