package promiseindex_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// TestCalls asks for what handlers call most. Each line was read off the package's documentation.
func TestCalls(t *testing.T) {
	index := promiseindex.Embedded()
	for _, c := range calls {
		t.Run(c.specifier+" "+c.path, func(t *testing.T) {
			m, err := index.Open(c.specifier, c.version)
			if err != nil {
				t.Fatal(err)
			}
			first, rest, _ := strings.Cut(c.path, ":")
			s := m.Require()
			if first != "require" {
				var ok bool
				if s, ok = m.Export(first); !ok {
					t.Fatalf("no export %s", first)
				}
			}
			if got := follow(t, s, rest); got != c.want {
				t.Errorf("%s: got %s, want %s", c.path, got, c.want)
			}
		})
	}
}

func TestGlobals(t *testing.T) {
	index := promiseindex.Embedded()
	for _, c := range []struct{ name, path, want string }{
		{"fetch", "(v)", "promise, signal@1"},
		{"fetch", "(v).await.json()", "promise"},
		{"fetch", "(v).await.clone().text()", "promise"},
		{"Response", "new(v)", "value"},
		{"queueMicrotask", "(f)", "value"},
		{"setTimeout", "(f,v)", "value"},
	} {
		s, ok := index.Global(c.name)
		if !ok {
			t.Errorf("no global %s", c.name)
			continue
		}
		if got := follow(t, s, c.path); got != c.want {
			t.Errorf("%s%s: got %s, want %s", c.name, c.path, got, c.want)
		}
	}
	if _, ok := index.Global("notThere"); ok {
		t.Error("a global that does not exist is known")
	}
}

// Handlers' own arguments are typed by the platforms' packages.
func TestPlatformTypes(t *testing.T) {
	index := promiseindex.Embedded()
	for _, c := range []struct{ pkg, name, path, want string }{
		{"@twilio-labs/serverless-runtime-types/types", "Context", "getTwilioClient().messages.create(v)", "promise, callback@1"},
		{"@azure/functions", "HttpRequest", "json()", "promise"},
		{"@vercel/node", "VercelResponse", "status(v).json(v)", "value, emitter"},
	} {
		m, err := index.Open(c.pkg, "")
		if err != nil {
			t.Errorf("%s: %v", c.pkg, err)
			continue
		}
		s, ok := m.Type(c.name)
		if !ok {
			t.Errorf("%s: no type %s", c.pkg, c.name)
			continue
		}
		if got := follow(t, s, c.path); strings.TrimSuffix(got, ", callback@1") != strings.TrimSuffix(c.want, ", callback@1") {
			t.Errorf("%s.%s: got %s, want %s", c.name, c.path, got, c.want)
		}
	}
}

func TestPlatformGlobals(t *testing.T) {
	index := promiseindex.Embedded()
	for _, c := range []struct{ pkg, name, path, want string }{
		{"@cloudflare/workers-types", "KVNamespace", "get(v)", "promise"},
		{"@cloudflare/workers-types", "D1Database", "prepare(v).bind(v).first()", "promise"},
		{"@cloudflare/workers-types", "Queue", "send(v)", "promise"},
		{"@cloudflare/workers-types", "ExecutionContext", "waitUntil(v)", "value"},
		{"", "Response", "json()", "promise"},
	} {
		s, ok := index.GlobalType(c.pkg, c.name)
		if !ok {
			t.Errorf("no global type %s of %q", c.name, c.pkg)
			continue
		}
		if got := follow(t, s, c.path); got != c.want {
			t.Errorf("%s.%s: got %s, want %s", c.name, c.path, got, c.want)
		}
	}
	runtime, ok := index.GlobalOf("@twilio-labs/serverless-runtime-types", "Runtime")
	if got := follow(t, runtime, "getSync().maps(v).syncMapItems.create(v)"); !ok || got != "promise, callback@1" && got != "promise" {
		t.Errorf("Runtime.getSync()…: %s", got)
	}
}

func TestUnknown(t *testing.T) {
	index := promiseindex.Embedded()
	for _, c := range [][2]string{{"no-such-package", ""}, {"no-such-package", "^1"}, {"twilio", "^1.0.0"}, {"mysql2/nowhere", ""}, {"", ""}, {"@", ""}, {"node:nowhere", ""}} {
		if _, err := index.Open(c[0], c[1]); !errors.Is(err, promiseindex.ErrUnknown) {
			t.Errorf("Open(%q, %q): %v, want ErrUnknown", c[0], c[1], err)
		}
	}
	var nothing promiseindex.Shape
	if r := nothing.Call(promiseindex.FunctionArgument()); r.Known || r.Promise || r.Callback != -1 {
		t.Errorf("calling what is not known gives %+v", r)
	}
	if _, ok := nothing.Member("then"); ok || nothing.Known() || nothing.Awaited().Known() {
		t.Error("the zero shape knows something")
	}
}

func TestVersions(t *testing.T) {
	index := promiseindex.Embedded()
	for _, c := range []struct{ version, want string }{
		{"", "5"}, {"latest", "5"}, {"^3.80.0", "3"}, {"~4.1", "4"}, {"4.x", "4"}, {">=3", "5"}, {">=3 <5.0.0", "4"}, {">= 3 < 5", "4"},
		{"3.0.0 - 4.2.0", "4"}, {"^3 || ^4", "4"}, {"99.0.0", "5"}, {"npm:twilio@^3.1.0", "3"}, {"workspace:*", "5"}, {"v3.2.1", "3"},
		{"<=4.9", "4"}, {"git+https://example.com/x.git#v3", "5"},
	} {
		m, err := index.Open("twilio", c.version)
		if err != nil {
			t.Errorf("%q: %v", c.version, err)
		} else if major, _, _ := strings.Cut(m.Version(), "."); major != c.want {
			t.Errorf("%q: took %s, want %s", c.version, m.Version(), c.want)
		}
	}
}

// TestSize holds the promise that the index costs the binary at most 3 MB.
func TestSize(t *testing.T) {
	entries, err := os.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	var total int64
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	t.Logf("%d files, %d bytes", len(entries), total)
	if total > 3_000_000 || len(entries) < 20 {
		t.Errorf("%d files with %d bytes", len(entries), total)
	}
}

// reads counts what is opened.
type reads struct {
	fstest.MapFS
	opened []string
}

func (r *reads) Open(name string) (fs.File, error) {
	r.opened = append(r.opened, name)
	return r.MapFS.Open(name)
}

func (r *reads) ReadFile(name string) ([]byte, error) {
	r.opened = append(r.opened, name)
	return r.MapFS.ReadFile(name)
}

func (r *reads) ReadDir(name string) ([]fs.DirEntry, error) { return r.MapFS.ReadDir(name) }

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("data/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestLazy(t *testing.T) {
	files := &reads{MapFS: fstest.MapFS{"pg@8.gz": {Data: file(t, "pg@8.gz")}, "axios@1.gz": {Data: []byte("not even read")}}}
	index := promiseindex.New(files)
	if len(files.opened) != 0 {
		t.Errorf("making an index reads %v", files.opened)
	}
	for range 3 {
		if _, err := index.Open("pg", ""); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := index.Open("unheard-of", ""); !errors.Is(err, promiseindex.ErrUnknown) {
		t.Error(err)
	}
	if got := strings.Join(files.opened, " "); got != "pg@8.gz" {
		t.Errorf("read %s, want pg@8.gz once and nothing else", got)
	}
}
