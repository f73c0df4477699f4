package oracle

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// vendor is a runtime and the handlers that run under it.
type vendor struct {
	archive string // in testdata
	run     func(t *testing.T, root string, h *handler) string
	// quiet runtimes do not tell that a handler answered twice.
	quiet bool
}

// TestMain lets more tests run at a time than there are cores: most of them wait.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", strconv.Itoa(4*runtime.NumCPU())); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func vendors() []vendor {
	return []vendor{
		{archive: "lambda22", run: lambda22, quiet: true},
		{archive: "lambda24", run: lambda24, quiet: true},
		{archive: "google", run: google},
		{archive: "twilio", run: twilio},
		{archive: "vercel", run: vercel},
		{archive: "azure", run: azure},
	}
}

// TestModel holds the solver and the sandbox to what the table says.
func TestModel(t *testing.T) {
	for _, v := range vendors() {
		t.Run(v.archive, func(t *testing.T) {
			root, cases := readCases(t, v.archive)
			found := subjects(t, root)
			for _, h := range cases {
				t.Run(h.name, func(t *testing.T) {
					s := found[h.file]
					if s == nil {
						t.Fatal("it is not found, or its contract is not known")
					}
					if s.Contract.ID != h.contract {
						t.Errorf("its contract is %s, not %s", s.Contract.ID, h.contract)
					}
					compare(t, h, "solver", solved(s))
					compare(t, h, "sandbox", sandboxed(t, root, s))
				})
			}
		})
	}
}

// TestRuntimes holds the vendors' runtimes to the same table.
func TestRuntimes(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a process for each handler")
	}
	for _, v := range vendors() {
		t.Run(v.archive, func(t *testing.T) {
			t.Parallel()
			root, cases := readCases(t, v.archive)
			for _, h := range cases {
				t.Run(h.name, func(t *testing.T) {
					t.Parallel()
					if v.quiet {
						h.want = strings.TrimSuffix(h.want, twice)
					}
					compare(t, h, "runtime", v.run(t, root, h))
				})
			}
		})
	}
}

func compare(t *testing.T, h *handler, who, got string) {
	t.Helper()
	if want := h.expected(who); got != want {
		t.Errorf("%s: %q, want %q", who, got, want)
	}
}
