// Package trial is for the tests of the integrations: it finds the real tool that uses handlervet,
// builds handlervet, and creates a repository to run them on.
package trial

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// Bad is a Twilio handler that does not answer when sending fails.
const Bad = `exports.handler = async (context, event, callback) => {
  try {
    await fetch('https://example.com/send');
    return callback(null, 'sent');
  } catch (error) {
    console.error(error);
  }
};
`

// Good is the same handler without the mistake.
const Good = `exports.handler = async (context, event, callback) => {
  try {
    await fetch('https://example.com/send', { signal: AbortSignal.timeout(2000) });
    return callback(null, 'sent');
  } catch (error) {
    return callback(error);
  }
};
`

// Tool is the path of a program. Without it the test is skipped, or fails if
// HANDLERVET_REQUIRE_TOOLS is 1 and HANDLERVET_WITHOUT, a list with commas, does not name the program.
func Tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && slices.Contains(strings.Split(os.Getenv("HANDLERVET_WITHOUT"), ","), name) {
		t.Skip(name + " cannot be installed here, says HANDLERVET_WITHOUT")
	}
	if err != nil {
		Missing(t, name+" is not installed")
	}
	return path
}

// Missing skips the test because of something that is not there, or fails it if HANDLERVET_REQUIRE_TOOLS is 1.
func Missing(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("HANDLERVET_REQUIRE_TOOLS") == "1" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// Top is the directory of the project.
func Top(t *testing.T) string {
	t.Helper()
	_, file, _, ok := runtime.Caller(0)
	if !ok {
		t.Fatal("no caller")
	}
	return filepath.Dir(filepath.Dir(filepath.Dir(file)))
}

// Binary builds handlervet and returns its path.
func Binary(t *testing.T) string {
	t.Helper()
	name := "handlervet"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	file := filepath.Join(t.TempDir(), name)
	Must(t, Top(t), nil, "go", "build", "-o", file, "./cmd/handlervet")
	return file
}

// Repository is a new git repository with the given files, by name, committed.
func Repository(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	Write(t, dir, files)
	Commit(t, dir)
	return dir
}

// Commit makes a git repository of a directory, if it is none, and commits all of it.
func Commit(t *testing.T, dir string) {
	t.Helper()
	for _, args := range [][]string{
		{"init", "-q", "-b", "main"},
		{"config", "user.name", "Ada"},
		{"config", "user.email", "ada@example.com"},
		{"add", "-A"},
		{"commit", "-q", "--no-verify", "--allow-empty", "-m", "begin"},
	} {
		Must(t, dir, nil, "git", args...)
	}
}

// Write writes files by name below a directory.
func Write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Read returns the text of a file.
func Read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Run runs a program and returns its exit status and what it said on both streams.
func Run(t *testing.T, dir string, env []string, name string, args ...string) (int, string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(outside(), env...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s %v: %v", name, args, err)
	}
	return cmd.ProcessState.ExitCode(), said.String()
}

// outside is the environment without what git tells its hooks: a test may run in one.
func outside() []string {
	var env []string
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "GIT_") {
			env = append(env, e)
		}
	}
	return append(env, "GIT_CONFIG_NOSYSTEM=1", "NO_COLOR=1")
}

// Must is Run for programs that have to succeed. It returns what they said.
func Must(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	status, said := Run(t, dir, env, name, args...)
	if status != 0 {
		t.Fatalf("%s %v: exit status %d\n%s", name, args, status, said)
	}
	return said
}
