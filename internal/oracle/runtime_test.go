package oracle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// How long things may take. Handlers wait for 100 ms at most, so that what has not answered after patience never does.
const (
	startup  = time.Minute
	patience = 3 * time.Second
	settling = 500 * time.Millisecond // after an answer: time to answer again, or to fail
)

// installed is the folder that install.sh fills for a runtime; the test is skipped if it is not there.
func installed(t *testing.T, name string) string {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "node is not installed")
	}
	base := os.Getenv("HANDLERVET_ORACLE")
	if base == "" {
		cache := os.Getenv("XDG_CACHE_HOME")
		if cache == "" {
			cache = filepath.Join(os.Getenv("HOME"), ".cache")
		}
		base = filepath.Join(cache, "handlervet", "oracle")
	}
	dir := filepath.Join(base, name)
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		missing(t, "internal/oracle/install.sh has not installed "+dir)
	}
	return dir
}

func missing(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("HANDLERVET_REQUIRE_TOOLS") == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// process is a runtime that is running.
type process struct {
	command *exec.Cmd
	ended   chan struct{} // closed when it has ended
	mu      sync.Mutex
	said    bytes.Buffer
}

// Write keeps what it prints.
func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.Write(b)
}

func (p *process) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.String()
}

// over says whether it has ended by itself.
func (p *process) over() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// start runs a command in a folder until the test ends.
func start(t *testing.T, dir string, env []string, name string, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	p := &process{command: exec.CommandContext(ctx, name, args...), ended: make(chan struct{})} //nolint:gosec // a test's own command
	p.command.Dir = dir
	p.command.Env = append(os.Environ(), env...)
	p.command.Stdout, p.command.Stderr = p, p
	p.command.WaitDelay = time.Second // forked children hold the pipes
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.command.Wait() // the exit status is read from ProcessState
		close(p.ended)
	}()
	t.Cleanup(func() {
		cancel()
		<-p.ended
	})
	return p
}

// freePort is a port that nobody listens on.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // nothing was sent
	return l.Addr().(*net.TCPAddr).Port
}

// ask sends a request to a server when it listens, and says what becomes of it.
func ask(t *testing.T, p *process, h *handler, request *http.Request) string {
	t.Helper()
	await(t, p, request.URL.Host)
	client := &http.Client{
		Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(request)
	word, grace := never, settling
	var timeout net.Error
	switch {
	case err == nil:
		response.Body.Close() //nolint:errcheck // only the status matters
		word = answered
		if response.StatusCode >= http.StatusInternalServerError {
			word = failed
		}
	case errors.As(err, &timeout) && timeout.Timeout():
		grace = 0
	default:
		grace = patience // the connection is gone, and so will the process
	}
	expects := h.expected("runtime")
	if err == nil && expects != word {
		grace = patience // what is expected afterwards may take its time on a busy machine
	}
	for begin := time.Now(); !p.over() && time.Since(begin) < grace; time.Sleep(10 * time.Millisecond) {
		if err == nil && strings.HasSuffix(expects, twice) && again.MatchString(p.output()) {
			break
		}
	}
	if again.MatchString(p.output()) {
		word += twice
	}
	switch {
	case !p.over():
	case err != nil:
		word = strings.Replace(word, never, dies, 1)
	default:
		word += later
	}
	return word
}

// await waits until somebody listens.
func await(t *testing.T, p *process, host string) {
	t.Helper()
	for begin := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		c, err := net.Dial("tcp", host)
		if err == nil {
			c.Close() //nolint:errcheck // nothing was sent
			return
		}
		if p.over() || time.Since(begin) > startup {
			t.Fatalf("nobody listens on %s: %v\n%s", host, err, p.output())
		}
	}
}

// invoked says what became of one invocation by a program that prints what is answered and then ends (lambda.cjs, azure.cjs).
func invoked(t *testing.T, p *process, initErrors func() bool) string {
	t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience + 10*time.Second):
		t.Fatalf("the runtime does not end:\n%s", p.output())
	}
	var posted []string
	for line := range strings.Lines(p.output()) {
		if word, ok := strings.CutPrefix(strings.TrimSpace(line), "oracle: "); ok {
			posted = append(posted, word)
		}
	}
	ended := p.command.ProcessState.ExitCode() != 0
	switch {
	case initErrors():
		return refused
	case len(posted) > 1 && !ended:
		return fmt.Sprintf("posts %q", posted)
	case ended && (len(posted) == 0 || posted[0] == failed):
		return dies
	case len(posted) == 0:
		return never
	case ended:
		return posted[0] + later
	}
	return posted[0]
}
