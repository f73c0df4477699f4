package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/cache"
	"github.com/handlervet/handlervet/internal/walk"
)

// disturb changes the disk in a way that the file system's times may hide.
func (w *world) disturb(t *testing.T) {
	t.Helper()
	name := places[w.IntN(len(places))]
	file := filepath.Join(w.root, name)
	info, err := os.Lstat(file)
	if (err != nil || !walk.IsScript(name)) && w.IntN(4) > 0 { // what concerns everything is the lesser test
		w.disturb(t)
		return
	}
	if err != nil {
		write(t, file, w.text(name))
		return
	}
	text := w.text(name)
	switch w.IntN(8) {
	case 0:
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		return
	case 1: // nothing but the times
		if err := os.Chtimes(file, time.Time{}, time.Now().Add(-time.Duration(w.IntN(1000))*time.Hour)); err != nil {
			t.Fatal(err)
		}
		return
	case 2: // another file of that name
		write(t, file+"~", text)
		if err := os.Rename(file+"~", file); err != nil {
			t.Fatal(err)
		}
	default: // the same size, if that can be done
		if pad := int(info.Size()) - len(text); pad > 0 {
			text += strings.Repeat(" ", pad)
		}
		write(t, file, text)
	}
	if err := os.Chtimes(file, time.Time{}, info.ModTime()); err != nil {
		t.Fatal(err)
	}
}

// reported is all of an outcome that is reported, whether it comes from a record or not.
func reported(t testing.TB, out *Outcome) string {
	t.Helper()
	var problems []string
	for _, p := range out.Problems {
		problems = append(problems, p.File+": "+p.Err.Error())
	}
	s := out.Stats
	text, err := json.MarshalIndent([]any{
		plain(out.Findings), plain(out.Suppressed), plain(out.Known), problems, out.Notes, out.Used(), s.Checked, s.Capped, s.States, s.Unseen, s.Files, s.Handlers,
	}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.ReplaceAll(text, []byte("[]"), []byte("null")))
}

// TestCacheIsNeverStale lets projects change at random, behind the back of the file system's times, too, and compares
// what a check with the cache says with one that knows nothing.
func TestCacheIsNeverStale(t *testing.T) {
	store, err := cache.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var worlds []*world
	for seed := range uint64(12) {
		w := &world{Rand: rand.New(rand.NewPCG(seed, 11)), root: t.TempDir(), overlay: map[string]string{}}
		for _, name := range places {
			if w.IntN(4) > 0 {
				write(t, filepath.Join(w.root, name), w.text(name))
			}
		}
		worlds = append(worlds, w)
	}
	whole, part, runs := 0, 0, 0
	for step := range 20 {
		if step%10 == 0 {
			time.Sleep(2100 * time.Millisecond) // until the times of the files can be relied on
		}
		for seed, w := range worlds {
			switch {
			case step%10 > 0 && w.IntN(3) > 0:
				w.disturb(t)
			case step%10 > 0 && seed%6 == 0:
				w.happen(t)
			}
			o := Options{Root: w.root, Rules: everyRule(), NeedsReason: true, Overlay: maps.Clone(w.overlay)}
			want, err := Run(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			o.Cache = store
			got, err := Run(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			if g, w := reported(t, got), reported(t, want); g != w {
				t.Fatalf("world %d, step %d (from the cache: %+v):\n%s", seed, step, got.Stats.Cached, firstDifference(g, w))
			}
			if runs++; got.Stats.Cached.Whole {
				whole++
			} else if n := got.Stats.Cached.Handlers; n > 0 && n < got.Stats.Handlers {
				part++
			}
		}
	}
	if whole < 10 || part < 10 || whole == runs {
		t.Errorf("of %d runs, %d came from a record and %d in part: nothing was compared", runs, whole, part)
	}
}

// TestStampSparesReading holds that a settled stamp is relied on, that one which may hide a change is not, and that any
// change of a file that can be seen from outside is seen.
func TestStampSparesReading(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a.js"), "one")
	state := stateOf(root, "a.js", nil)
	if state.Settled {
		t.Error("a file that was just written is taken for settled")
	}
	claimed := state
	claimed.Sum = "what is claimed"
	if now := stateOf(root, "a.js", &claimed); now.Sum != state.Sum {
		t.Error("a stamp that may hide a change was relied on")
	}
	claimed.Settled = true
	if now := stateOf(root, "a.js", &claimed); now.Sum != claimed.Sum {
		t.Error("a settled stamp did not spare reading")
	}
	write(t, filepath.Join(root, "a.js"), "two")
	if err := os.Chtimes(filepath.Join(root, "a.js"), time.Time{}, time.Unix(0, state.Stamp.Modified)); err != nil {
		t.Fatal(err)
	}
	if now := stateOf(root, "a.js", &claimed); state.Stamp.Changed != 0 && now.Sum == claimed.Sum {
		t.Error("a change behind a restored time was not seen")
	}
	old := walk.Stamp{Modified: time.Now().Add(-time.Hour).UnixNano()}
	if !old.Settled(time.Now()) {
		t.Error("a file written an hour ago is not settled")
	}
	for name, want := range map[string]stateKind{"gone.js": isAbsent, ".": isFolder, "a.js": isText} {
		if got := stateOf(root, name, nil).Kind; got != want {
			t.Errorf("%s is %d, not %d", name, got, want)
		}
	}
}

// TestNameTellsOptionsApart goes through all options: one that decides a result and is not part of its name would make a
// record of other options speak.
func TestNameTellsOptionsApart(t *testing.T) {
	changed := map[string]Options{
		"Root": {Root: "/r"}, "Paths": {Paths: []string{"/r/p"}}, "Ignore": {Ignore: []string{"x"}}, "Closed": {Closed: true},
		"Platform": {Platform: "aws"}, "Runtime": {Runtime: "node22"}, "Rules": {Rules: everyRule()}, "Names": {Names: []string{"x"}},
		"Severity": {Severity: map[string]string{"x": "off"}}, "NeedsReason": {NeedsReason: true}, "Baseline": {Baseline: map[string]bool{"x": true}},
		"Limits": {Limits: flow.Limits{States: 7}}, "Overlay": {Overlay: map[string]string{"a.js": "x"}}, "Shard": {Shard: Shard{1, 2}},
	}
	undecided := map[string]bool{"Progress": true, "Cache": true, "HandlersOnly": true} // of those, the last has no record
	names := map[string]string{(&Options{}).name(): "none"}
	options := reflect.TypeFor[Options]()
	for i := range options.NumField() {
		field := options.Field(i).Name
		o, ok := changed[field]
		if !ok {
			if !undecided[field] {
				t.Errorf("is %s part of the name of a record? say it here", field)
			}
			continue
		}
		if other, taken := names[o.name()]; taken {
			t.Errorf("a record does not tell %s from %s", field, other)
		}
		names[o.name()] = field
	}
	if laid(map[string]string{"a.js": "x"}) == laid(map[string]string{"a.js": "y"}) {
		t.Error("a record does not tell overlays apart")
	}
}
