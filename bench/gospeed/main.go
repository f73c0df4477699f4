// Command gospeed times the check of a Go module beside the tools nearest to it:
//
//	go run ./bench/gospeed [-built] <module>
//
// Each tool runs with caches of its own: first empty, then twice more. With -built the build cache holds the module and its dependencies
// before the first run, as it does after a build. The module's dependencies must be on this machine. Tools that are not in the PATH
// are left out.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// tool is a command line; what it finds does not matter.
type tool struct {
	name string
	args []string
}

func tools(ours string) []tool {
	return []tool{
		{"handlervet check", []string{ours, "check", "."}},
		{"go vet", []string{"go", "vet", "./..."}},
		{"staticcheck", []string{"staticcheck", "./..."}},
		{"golangci-lint (bodyclose, noctx, contextcheck, errcheck)", []string{
			"golangci-lint", "run", "--no-config", "--default=none", "-E", "bodyclose,noctx,contextcheck,errcheck", "./...",
		}},
	}
}

func main() {
	built := flag.Bool("built", false, "build the module first")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: gospeed [-built] <module>")
		os.Exit(2)
	}
	if err := run(context.Background(), flag.Arg(0), *built); err != nil {
		fmt.Fprintln(os.Stderr, "gospeed:", err)
		os.Exit(2)
	}
}

func run(ctx context.Context, module string, built bool) error {
	dir, err := os.MkdirTemp("", "gospeed")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder for temporary files
	ours := filepath.Join(dir, "handlervet")
	if said, err := exec.CommandContext(ctx, "go", "build", "-o", ours, "./cmd/handlervet").CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, said)
	}
	fmt.Println("| tool | first run | second | third |\n|---|---|---|---|")
	for i, t := range tools(ours) {
		if _, err := exec.LookPath(t.args[0]); err != nil {
			continue
		}
		caches := filepath.Join(dir, fmt.Sprint(i))
		env := append(os.Environ(), "GOPROXY=off", "GOCACHE="+filepath.Join(caches, "go"), "HANDLERVET_CACHE="+filepath.Join(caches, "own"),
			"STATICCHECK_CACHE="+filepath.Join(caches, "own"), "GOLANGCI_LINT_CACHE="+filepath.Join(caches, "own"))
		if err := os.MkdirAll(filepath.Join(caches, "own"), 0o755); err != nil {
			return err
		}
		if built {
			if _, err := timed(ctx, module, env, "go", "build", "./..."); err != nil {
				return err
			}
		}
		fmt.Printf("| %s |", t.name)
		for range 3 {
			took, err := timed(ctx, module, env, t.args...)
			if err != nil {
				return err
			}
			fmt.Printf(" %.2f s |", took.Seconds())
		}
		fmt.Println()
	}
	return nil
}

// timed runs a command. An exit status that tells of findings is no error.
func timed(ctx context.Context, dir string, env []string, args ...string) (time.Duration, error) {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Env = dir, env
	began := time.Now()
	said, err := cmd.CombinedOutput()
	took := time.Since(began)
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 2) {
		return took, fmt.Errorf("%s: %w\n%s", args[0], err, said)
	}
	return took, nil
}
