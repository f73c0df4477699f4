package pipeline

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/cache"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// record is what a whole run said, and all that it rests on besides the options and the program.
type record struct {
	Listed string // a sum of the names of all files
	Laid   string // a sum of the overlay
	Files  []fileState
	Go     *goInputs
	// Trace tells without a walk whether the names are the same; nil if nothing does. It says nothing of what Go rests on.
	Trace *walk.Trace

	Findings, Suppressed, Known []rules.Finding
	Notes                       []string
	Used                        []flow.Range
	Stats                       Stats
}

// cached is a check that is taken from the record of an earlier one if nothing has changed that it rests on.
func cached(ctx context.Context, o Options) (*Outcome, error) {
	begin := time.Now()
	build := o.Cache.Build()
	if build == "" {
		return new(Session).Run(ctx, o)
	}
	key := cache.KeyOf("run", build, o.name())
	r := o.recorded(key)
	if r != nil && r.Trace != nil && r.Trace.Holds(o.Root) {
		if out := o.recall(key, r, nil, begin); out != nil {
			return out, nil
		}
	}
	found := o.walk()
	if len(found.Problems) > 0 {
		return new(Session).run(ctx, o, found, begin)
	}
	if r != nil && r.Listed == listed(found) {
		if out := o.recall(key, r, found, begin); out != nil {
			return out, nil
		}
	}
	out, err := o.resume(ctx, cache.KeyOf("session", build, o.name()), key, found, begin)
	if errors.Is(err, errForgotten) {
		return new(Session).run(ctx, o, found, begin)
	}
	return out, err
}

// resume checks what has changed since an earlier run, and keeps what it found for a later one.
func (o *Options) resume(ctx context.Context, known, whole cache.Key, found *walk.Result, begin time.Time) (*Outcome, error) {
	spent := time.Since(begin)
	s, files := &Session{}, []fileState(nil)
	if len(o.Overlay) == 0 {
		s, files = recall(o, known, found)
	}
	if files == nil {
		s.restart(*o, found)
	}
	s.tree.sum = sum
	s.forget(nil)
	out, err := s.check(ctx, *o, begin, spent)
	if err != nil {
		return nil, err
	}
	out.Stats.Cached.Asked = true
	if s.golang.shaky || len(out.Problems) > 0 {
		return out, nil // trouble has causes that nobody knows of here
	}
	r := s.recollect(out, files)
	if o.keep(whole, r, s.golang.inputs, found.Trace, out) && len(o.Overlay) == 0 {
		keepIn(o.Cache, known, r)
	}
	out.Handlers = nil // those recalled are not whole
	return out, nil
}

// name tells options apart as far as they decide a result; of the overlay, only whether there is one.
func (o *Options) name() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%v %v %q\n", about(*o), o.Closed, o.NeedsReason, o.Names)
	for _, rule := range slices.Sorted(maps.Keys(o.Severity)) {
		fmt.Fprintf(&b, "%q %q\n", rule, o.Severity[rule])
	}
	fmt.Fprintf(&b, "%q %v\n", slices.Sorted(maps.Keys(o.Baseline)), len(o.Overlay) > 0)
	return b.String()
}

// laid is a sum of an overlay.
func laid(overlay map[string]string) string {
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(overlay)) {
		fmt.Fprintf(&b, "%q %q\n", name, overlay[name])
	}
	return sum(b.Bytes())
}

// recorded is the record of an earlier run with the same overlay, nil if there is none.
func (o *Options) recorded(key cache.Key) *record {
	r := &record{}
	if data := o.Cache.Get(key); data == nil || gob.NewDecoder(bytes.NewReader(data)).Decode(r) != nil || r.Laid != laid(o.Overlay) {
		return nil
	}
	return r
}

// recall gives what the record of an earlier run says; nil if it does not hold. Found is nil if the walk is known to find what it found then.
func (o *Options) recall(key cache.Key, r *record, found *walk.Result, begin time.Time) *Outcome {
	spent := time.Since(begin)
	ok, fresh := stillHolds(o.Root, r.Files)
	if !ok || found != nil && !r.Go.hold(o, found.Files) {
		return nil
	}
	moved := fresh != nil // other stamps, the same texts: next time, nothing needs to be read
	if moved {
		r.Files = fresh
	}
	if found == nil {
		found = &walk.Result{}
	} else if t := found.Trace; r.Go == nil && t != nil && (r.Trace == nil || r.Trace.Sum != t.Sum) {
		r.Trace, moved = t, true
	}
	if moved {
		keepIn(o.Cache, key, r)
	}
	out := newOutcome(newTree(o.Root, found, o.Overlay), found, spent)
	out.Findings, out.Suppressed, out.Known, out.Notes, out.used = r.Findings, r.Suppressed, r.Known, r.Notes, r.Used
	s := &out.Stats
	s.Files, s.Scripts = r.Stats.Files, r.Stats.Scripts
	s.Handlers, s.Checked, s.Capped, s.States, s.Unseen = r.Stats.Handlers, r.Stats.Checked, r.Stats.Capped, r.Stats.States, r.Stats.Unseen
	s.Cached = Cached{Asked: true, Whole: true}
	out.measure(begin)
	return out
}

// keep writes the record of a run, unless it rests on files of which nothing is known.
func (o *Options) keep(key cache.Key, of *recollection, golang *goInputs, trace *walk.Trace, out *Outcome) bool {
	r := record{
		Listed: of.Listed, Laid: laid(o.Overlay), Files: of.Files, Go: golang,
		Findings: plain(out.Findings), Suppressed: plain(out.Suppressed), Known: plain(out.Known),
		Notes: out.Notes, Used: out.used, Stats: out.Stats,
	}
	if golang == nil {
		r.Trace = trace
	}
	r.Stats.ParsedFiles = nil
	unknown := func(f fileState) bool { return f.Kind == isUnknown }
	if slices.ContainsFunc(r.Files, unknown) || r.Go != nil && slices.ContainsFunc(r.Go.Files, unknown) {
		return false
	}
	keepIn(o.Cache, key, &r)
	return true
}

// keepIn writes a value to a cache; what cannot be written is not kept.
func keepIn(c *cache.Cache, key cache.Key, value any) {
	var b bytes.Buffer
	if c != nil && gob.NewEncoder(&b).Encode(value) == nil {
		c.Put(key, b.Bytes())
	}
}

// plain are findings without what only rules read.
func plain(found []rules.Finding) []rules.Finding {
	out := slices.Clone(found)
	for i := range out {
		out[i].Steps = slices.Clone(out[i].Steps)
		for j := range out[i].Steps {
			out[i].Steps[j].Caught, out[i].Steps[j].Call = nil, nil
		}
	}
	return out
}

// listed is a sum of all names that a walk found.
func listed(found *walk.Result) string {
	var b bytes.Buffer
	for _, names := range [][]string{found.Files, found.Around, found.Named} {
		for _, name := range names {
			b.WriteString(name)
			b.WriteByte(0)
		}
		b.WriteByte('\n')
	}
	return sum(b.Bytes())
}
