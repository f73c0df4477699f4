package confirm

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/rules"
)

// TestHostile runs code that wants to hang, kill or leave the sandbox. The parent always answers, and what it cannot show it
// does not claim: the case's name begins with the verdict that may come of it, `any` if that does not matter.
func TestHostile(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("HANDLERVET_TEST_SECRET", "leaked")
	w := &worker{command: []string{self, ChildCommand}, timeout: 2 * time.Second}
	defer w.stop()
	for _, f := range archive.Files {
		t.Run(f.Name, func(t *testing.T) {
			verdict, _, _ := strings.Cut(f.Name, "/")
			task := handlerTask(t, string(f.Data))
			got := w.run(context.Background(), task)[0]
			if verdict != "any" && string(got.Verdict) != verdict {
				t.Errorf("%s: %s, want %s; %s", got.Verdict, got.Reason, verdict, strings.Join(got.Witness, "\n"))
			}
			if got.Verdict == "" {
				t.Error("no verdict")
			}
			if strings.Contains(strings.Join(append(got.Trace, got.Reason), "\n"), "leaked") {
				t.Error("the environment reached the code")
			}
		})
	}
	healthy := handlerTask(t, "if (event.x) callback(null, 1);")
	if got := w.run(context.Background(), healthy)[0]; got.Verdict != Confirmed {
		t.Errorf("after all that, a healthy task is %s: %s", got.Verdict, got.Reason)
	}
}

// handlerTask is a Twilio function with the given body, of which somebody claims that it never answers.
func handlerTask(t *testing.T, body string) *Task {
	t.Helper()
	text := "exports.handler = function (context, event, callback) {\n" + body + "\n};\n"
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "f.js"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	at := strings.Index(text, "function")
	return &Task{
		Root: root, File: "f.js", Export: "handler", Line: 1, Contract: "twilio",
		Claims: []Claim{{Rule: "missing-completion", Range: flow.Range{File: "f.js", Start: at, End: at + 8}}},
	}
}

// TestChildDies hands several findings to a sandbox that dies on the first.
func TestChildDies(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	task := handlerTask(t, "JSON.parse('['.repeat(9e6));")
	task.Claims = append(task.Claims, task.Claims[0])
	w := &worker{command: []string{self, ChildCommand}, timeout: 3 * time.Second}
	defer w.stop()
	for i, r := range w.run(context.Background(), task) {
		if r.Verdict != Unconfirmed || r.Reason == "" {
			t.Errorf("claim %d: %s %q", i, r.Verdict, r.Reason)
		}
	}
}

// TestStopped: a caller that gives up gets an answer to everything.
func TestStopped(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	w := &worker{command: []string{self, ChildCommand}, timeout: time.Minute}
	defer w.stop()
	if got := w.run(ctx, handlerTask(t, "for (;;) eval('');"))[0]; got.Verdict != Unconfirmed {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
}

// TestNoSandbox: a sandbox that cannot be started is a reason, not a crash.
func TestNoSandbox(t *testing.T) {
	w := &worker{command: []string{filepath.Join(t.TempDir(), "nothing")}, timeout: time.Second}
	got := w.run(context.Background(), handlerTask(t, ""))[0]
	if got.Verdict != Unconfirmed || !strings.Contains(got.Reason, "cannot be started") {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
}

// TestFindings goes the whole way through child processes.
func TestFindings(t *testing.T) {
	task := handlerTask(t, "if (event.x) callback(null, 1);")
	handler := &platform.Handler{Handler: contract.Handler{File: "f.js", Name: "handler", Line: 1, Contract: platform.ContractByID("twilio")}}
	found := []rules.Finding{
		{Rule: "runtime-version", Severity: rules.Warning, Range: task.Claims[0].Range},
		{Rule: "missing-completion", Severity: rules.Warning, Range: task.Claims[0].Range, Handler: "handler", Platform: "Twilio Functions"},
		{Rule: "missing-completion", Severity: rules.Warning, Range: task.Claims[0].Range, Handler: "another", Platform: "Twilio Functions"},
	}
	out, err := Findings(context.Background(), Options{Root: task.Root}, found, []*platform.Handler{handler})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) != len(found) || found[1].Severity != rules.Warning {
		t.Fatal("findings were dropped or changed in place")
	}
	if c := out[0].Confirmation; c.Verdict != "" || len(c.Witness) > 0 {
		t.Errorf("a finding that no run can show: %v", c)
	}
	if c := out[1].Confirmation; c.Verdict != "confirmed" || len(c.Witness) == 0 || out[1].Severity != rules.Error {
		t.Errorf("%v, severity %s", c, out[1].Severity)
	}
	if c := out[2].Confirmation; c.Verdict != "unconfirmed" || out[2].Severity != rules.Warning {
		t.Errorf("a finding about an unknown handler: %v", c)
	}
}
