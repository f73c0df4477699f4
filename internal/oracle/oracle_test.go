package oracle

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// vendor is a runtime and the handlers that run under it.
type vendor struct {
	archive string // in testdata
	run     func(t *testing.T, root string, h *handler) string
	// quiet runtimes do not tell that a handler answered twice.
	quiet bool
}

func vendors() []vendor {
	return []vendor{
		{archive: "lambda22", run: lambda22, quiet: true},
		{archive: "lambda24", run: lambda24, quiet: true},
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
	gate := make(chan struct{}, 3*runtime.NumCPU()) // most of them wait
	for _, v := range vendors() {
		t.Run(v.archive, func(t *testing.T) {
			t.Parallel()
			root, cases := readCases(t, v.archive)
			for _, h := range cases {
				t.Run(h.name, func(t *testing.T) {
					t.Parallel()
					gate <- struct{}{}
					defer func() { <-gate }()
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

// lambda22 runs a handler under aws-lambda-ric 3.
func lambda22(t *testing.T, root string, h *handler) string {
	dir := installed(t, "lambda22")
	return lambda(t, "node", []string{filepath.Join(dir, "node_modules/aws-lambda-ric/bin/index.mjs"), h.name + ".handler"}, root)
}

// lambda24 runs a handler under aws-lambda-ric 4, in Node 24.
func lambda24(t *testing.T, root string, h *handler) string {
	dir := installed(t, "lambda24")
	node, err := filepath.Glob(filepath.Join(dir, "node_modules/node-*/bin/node"))
	if err != nil || len(node) != 1 {
		t.Fatal("no Node 24", err)
	}
	return lambda(t, node[0], []string{filepath.Join(dir, "node_modules/aws-lambda-ric/index.mjs")}, root, "_HANDLER="+h.name+".handler")
}

// lambda runs one invocation. What a runtime does not leave to its native client goes to a server that keeps init errors.
func lambda(t *testing.T, node string, args []string, root string, env ...string) string {
	var initErrors atomic.Bool
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/init/error") {
			initErrors.Store(true)
		}
		w.WriteHeader(http.StatusAccepted)
	}))
	t.Cleanup(api.Close)
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"FUNCTION_NAME", "FUNCTION_VERSION", "FUNCTION_MEMORY_SIZE", "LOG_GROUP_NAME", "LOG_STREAM_NAME"} {
		env = append(env, "AWS_LAMBDA_"+name+"=1")
	}
	env = append(env, "AWS_LAMBDA_RUNTIME_API="+strings.TrimPrefix(api.URL, "http://"), "LAMBDA_TASK_ROOT="+root, "NODE_OPTIONS=")
	args = append([]string{"--require", filepath.Join(here, "runtimes/lambda.cjs")}, args...)
	return invoked(t, start(t, root, env, node, args...), initErrors.Load)
}

