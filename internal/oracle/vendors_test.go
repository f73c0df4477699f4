package oracle

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// again is what servers log of a second answer.
var again = regexp.MustCompile(`ERR_HTTP_HEADERS_SENT|ERR_STREAM_WRITE_AFTER_END|Ignoring extra callback call`)

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
	for _, name := range []string{"FUNCTION_NAME", "FUNCTION_VERSION", "FUNCTION_MEMORY_SIZE", "LOG_GROUP_NAME", "LOG_STREAM_NAME"} {
		env = append(env, "AWS_LAMBDA_"+name+"=1")
	}
	env = append(env, "AWS_LAMBDA_RUNTIME_API="+strings.TrimPrefix(api.URL, "http://"), "LAMBDA_TASK_ROOT="+root, "NODE_OPTIONS=")
	args = append([]string{"--require", script(t, "lambda.cjs")}, args...)
	return invoked(t, start(t, root, env, node, args...), initErrors.Load)
}

// google runs a function under the functions framework.
func google(t *testing.T, root string, h *handler) string {
	modules := filepath.Join(installed(t, "google"), "node_modules")
	port := strconv.Itoa(freePort(t))
	p := start(t, root, []string{"NODE_PATH=" + modules}, "node",
		filepath.Join(modules, "@google-cloud/functions-framework/build/src/main.js"), "--target=f", "--source="+filepath.Join(root, h.file), "--port="+port)
	r := request(t, port, "/")
	if strings.HasPrefix(h.contract, "gcf.ce") {
		r.Method, r.Body = http.MethodPost, io.NopCloser(strings.NewReader("{}"))
		r.Header.Set("Content-Type", "application/json")
		for name, value := range map[string]string{"specversion": "1.0", "id": "1", "type": "t", "source": "s"} {
			r.Header.Set("ce-"+name, value)
		}
	}
	return ask(t, p, h, r)
}

// twilio runs a function under the development server, in the server's process: in one of its own, two quick answers race with its end.
func twilio(t *testing.T, root string, h *handler) string {
	modules := filepath.Join(installed(t, "twilio"), "node_modules")
	port := strconv.Itoa(freePort(t))
	p := start(t, root, []string{"NODE_PATH=" + modules}, "node", script(t, "twilio.cjs"), port, filepath.Join(root, h.file))
	return ask(t, p, h, request(t, port, "/f"))
}

// vercel runs a function under what Vercel's builder puts around it for Lambda.
func vercel(t *testing.T, root string, h *handler) string {
	modules := filepath.Join(installed(t, "vercel"), "node_modules")
	port, path := strconv.Itoa(freePort(t)), "/"+h.file
	path = strings.TrimSuffix(path, filepath.Ext(path))
	p := start(t, root, nil, "node", script(t, "vercel.cjs"), port, modules, path)
	return ask(t, p, h, request(t, port, path))
}

// azure runs an HTTP function as the worker does, with what @azure/functions makes of it.
func azure(t *testing.T, root string, h *handler) string {
	modules := filepath.Join(installed(t, "azure"), "node_modules")
	p := start(t, root, []string{"NODE_PATH=" + modules}, "node", script(t, "azure.cjs"), filepath.Join(root, h.file))
	return invoked(t, p, func() bool { return false })
}

// script is the path of a program in runtimes/.
func script(t *testing.T, name string) string {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(here, "runtimes", name)
}

// request is a request to a server on this machine.
func request(t *testing.T, port, path string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://127.0.0.1:"+port+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
