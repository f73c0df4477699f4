package pipeline

import (
	"bytes"
	"encoding/gob"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/cache"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// recollection is what a session knew at its end, as far as that can be kept on disk: when something has changed, a check
// begins with what did not.
type recollection struct {
	Listed string // as in a record
	Files  []fileState
	// Whole are the files that everything rests on.
	Whole []string
	// Dropped are those whose text is of no interest.
	Dropped  []string
	Looks    []platform.Look
	Verdicts []keptVerdict
	Scripts  []keptScript
}

// handlerKey names a handler within a tree.
type handlerKey struct {
	File, Name, Method string
	Start, End         int
}

func keyOf(h *platform.Handler) handlerKey {
	return handlerKey{h.File, h.Name, h.Entry.Method, h.Entry.Span.Start, h.Entry.Span.End}
}

// keptVerdict is a verdict on disk.
type keptVerdict struct {
	Handler         handlerKey
	Found           []rules.Finding
	Unseen          string
	Checked, Capped bool
	States          int
	Used            []string
}

// keptScript is what is told of a script whether a handler in it is looked at or not.
type keptScript struct {
	Name       string
	Directives []suppress.Directive
	Syntax     *jsparse.SyntaxError
}

// script is what is known of a script, parsed in this run or not.
func (t *tree) script(name string) keptScript {
	if e := t.entries[name]; e != nil && e.content != nil && e.parsed.Load() {
		k := keptScript{Name: name, Directives: e.directives}
		_ = errors.As(e.broken, &k.Syntax) // others are told elsewhere
		return k
	}
	return t.recalled[name]
}

// scripts are those that were asked for in this run of which something is to be told, sorted.
func (t *tree) scripts() []keptScript {
	var out []keptScript
	for name := range t.asked {
		if k := t.script(name); k.Directives != nil || k.Syntax != nil {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(a, b keptScript) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// recollect is what a session knows. Files are the states of those that it did not read itself, if it has recalled something.
func (s *Session) recollect(out *Outcome, files []fileState) *recollection {
	r := &recollection{Listed: listed(s.found), Looks: s.memory.Looks()}
	whole := map[string]bool{}
	for _, names := range [][]string{s.memory.Whole(), s.resolved.names(), s.before} {
		for _, name := range names {
			whole[name] = true
		}
	}
	r.Whole = slices.Sorted(maps.Keys(whole))
	needed := maps.Clone(whole)
	for i := range r.Looks {
		for _, name := range r.Looks[i].Used {
			needed[name] = true
		}
	}
	for h, v := range s.verdicts {
		r.Verdicts = append(r.Verdicts, keptVerdict{keyOf(h), plain(v.found), v.unseen, v.checked, v.capped, v.states, slices.Sorted(maps.Keys(v.used))})
		for name := range v.used {
			needed[name] = true
		}
	}
	for name := range out.tree.asked {
		r.Scripts = append(r.Scripts, out.tree.script(name))
	}
	for name, e := range out.tree.entries {
		if e.dropped {
			r.Dropped = append(r.Dropped, name)
		}
	}
	r.Files = joined(out.tree.states(), files, needed)
	return r
}

// joined are the states that were read now, and of the others those that are still needed.
func joined(now, before []fileState, needed map[string]bool) []fileState {
	seen := make(map[string]bool, len(now))
	for i := range now {
		seen[now[i].Name] = true
	}
	for _, f := range before {
		if needed[f.Name] && !seen[f.Name] {
			now = append(now, f)
		}
	}
	return now
}

// recall is a session that begins with what is still true of a recollection, and the states of its files now; they are nil if nothing is.
func recall(o *Options, key cache.Key, found *walk.Result) (*Session, []fileState) {
	var r recollection
	s := &Session{}
	if data := o.Cache.Get(key); data == nil || gob.NewDecoder(bytes.NewReader(data)).Decode(&r) != nil || r.Listed != listed(found) {
		return s, nil
	}
	now := make([]fileState, len(r.Files))
	inParallel(len(now), func(i int) { now[i] = stateOf(o.Root, r.Files[i].Name, &r.Files[i]) })
	changed := map[string]bool{}
	for i := range now {
		if !r.Files[i].holds(&now[i]) {
			changed[now[i].Name] = true
		}
	}
	differs := func(name string) bool { return changed[name] }
	if slices.ContainsFunc(r.Whole, differs) {
		return s, nil
	}
	s.restart(*o, found)
	s.before = r.Whole
	s.tree.drop(r.Dropped, now)
	s.recalled = map[handlerKey]*verdict{}
	for i := range r.Verdicts {
		if v := &r.Verdicts[i]; !slices.ContainsFunc(v.Used, differs) {
			s.recalled[v.Handler] = v.verdict()
		}
	}
	s.memory.Recall(slices.DeleteFunc(r.Looks, func(l platform.Look) bool {
		return slices.ContainsFunc(l.Used, differs) || slices.ContainsFunc(l.Found, func(f platform.Found) bool {
			return s.recalled[handlerKey{f.File, f.Name, f.Method, f.Span.Start, f.Span.End}] == nil
		})
	}))
	s.tree.recalled = make(map[string]keptScript, len(r.Scripts))
	for _, k := range r.Scripts {
		if !changed[k.Name] {
			s.tree.recalled[k.Name] = k
		}
	}
	return s, slices.DeleteFunc(now, func(f fileState) bool { return changed[f.Name] })
}

func (k *keptVerdict) verdict() *verdict {
	v := &verdict{found: k.Found, unseen: k.Unseen, checked: k.Checked, capped: k.Capped, states: k.States, used: make(map[string]bool, len(k.Used))}
	for _, name := range k.Used {
		v.used[name] = true
	}
	return v
}

// drop begins with texts that an earlier process let go, and that are what they were.
func (t *tree) drop(names []string, states []fileState) {
	of := make(map[string]*fileState, len(states))
	for i := range states {
		of[states[i].Name] = &states[i]
	}
	for _, name := range names {
		f := of[name]
		if f == nil || f.Kind != isText {
			continue
		}
		e := &entry{content: &content{}, stamp: f.Stamp, settled: f.Settled, dropped: true, sum: f.Sum}
		e.read.Do(func() { e.done.Store(true) })
		t.entries[name] = e
	}
}
