package platform

import (
	"maps"
	"slices"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// Look is what one file was found to hold, in a form that can be kept on disk: without trees.
type Look struct {
	File string
	// Used are the files that decided it, those that were looked for in vain included; Again those of them that Again tells.
	Used, Again []string
	Found       []Found
	Settings    []Setting
	Notes       []string
}

// Found is a handler as far as it matters to others.
type Found struct {
	File, Name, Method, Contract string
	HTTP                         bool
	Span                         jsparse.Span
}

// Looks are all looks of the last Discover. Those of files that hold nothing and rest on themselves alone are told, too.
func (m *Memory) Looks() []Look {
	var out []Look
	for i, l := range m.looks {
		if l == nil {
			continue
		}
		kept := Look{File: m.files[i], Used: slices.Sorted(maps.Keys(l.used)), Again: l.again, Settings: l.project.Settings, Notes: l.project.Notes}
		for _, h := range l.project.Handlers {
			f := Found{File: h.File, Name: h.Name, Method: h.Entry.Method, HTTP: h.HTTP, Span: h.Entry.Span}
			if h.Contract != nil {
				f.Contract = h.Contract.ID
			}
			kept.Found = append(kept.Found, f)
		}
		out = append(out, kept)
	}
	return out
}

// Whole are the names of the files that were read for all handlers, those that were looked for in vain included.
func (m *Memory) Whole() []string {
	m.whole.mu.Lock()
	defer m.whole.mu.Unlock()
	return slices.Sorted(maps.Keys(m.whole.used))
}

// Recall gives the looks of an earlier process to a Memory that is new. All that each rests on must be as it was then. Its handlers are
// Recalled.
func (m *Memory) Recall(looks []Look) {
	m.recalled = make(map[string]*look, len(looks))
	for i := range looks {
		from := &looks[i]
		l := &look{used: make(map[string]bool, len(from.Used)), again: from.Again}
		for _, name := range from.Used {
			l.used[name] = false
		}
		l.project.Settings, l.project.Notes = from.Settings, from.Notes
		for _, f := range from.Found {
			h := &Handler{
				Handler: contract.Handler{File: f.File, Name: f.Name, HTTP: f.HTTP, Contract: ContractByID(f.Contract)},
				Entry:   Entry{Method: f.Method, Span: f.Span, recalled: true},
			}
			l.project.Handlers = append(l.project.Handlers, h)
		}
		m.recalled[from.File] = l
	}
}

// Recalled tells whether a handler comes from Memory.Recall: its tree is not there, and most of what is known of it is not, either.
func (h *Handler) Recalled() bool { return h.Entry.recalled }
