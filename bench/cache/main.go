// Command cache measures what a check costs that knows nothing, one that also keeps what it finds, one in a tree in which
// nothing has changed, and one after a change of one file: in one run, each as a process of its own, in a copy of the tree.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	rounds := flag.Int("n", 7, "rounds, of which the median counts")
	flag.Usage = func() {
		_, _ = fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./bench/cache [-n rounds] <directory> [script to change]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 || *rounds < 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := measure(os.Stdout, flag.Arg(0), flag.Arg(1), *rounds, settle); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "cache:", err)
		os.Exit(1)
	}
}

// settle is how long it takes until the times of files that were just written can be relied on.
const settle = 3 * time.Second

// cost is what a process took.
type cost struct{ wall, processor time.Duration }

// measure prints the table.
func measure(w io.Writer, dir, script string, rounds int, pause time.Duration) error {
	work, err := os.MkdirTemp("", "cache")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }() // the system cleans up what is left
	b := &bench{program: filepath.Join(work, "handlervet"), tree: filepath.Join(work, "tree"), kept: filepath.Join(work, "kept")}
	if out, err := exec.Command("go", "build", "-o", b.program, "./cmd/handlervet").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	if err := os.CopyFS(b.tree, os.DirFS(dir)); err != nil {
		return err
	}
	if script == "" {
		if script, err = b.firstHandler(); err != nil {
			return err
		}
	}
	time.Sleep(pause)
	return b.table(w, script, rounds)
}

// bench is a copy of a tree and a program to check it.
type bench struct{ program, tree, kept string }

func (b *bench) table(w io.Writer, script string, rounds int) error {
	names := []string{"nothing known, nothing kept", "nothing known, kept", "nothing changed", "one file changed"}
	costs := make([][]cost, len(names))
	text, err := os.ReadFile(filepath.Join(b.tree, script))
	if err != nil {
		return err
	}
	for round := range rounds {
		if err := os.RemoveAll(b.kept); err != nil {
			return err
		}
		for i := range names {
			flags := []string{"--cache-dir", b.kept}
			switch i {
			case 0:
				flags = []string{"--no-cache"}
			case 3:
				changed := fmt.Sprintf("%s\n// %d\n", text, round)
				if err := os.WriteFile(filepath.Join(b.tree, script), []byte(changed), 0o600); err != nil {
					return err
				}
			}
			c, err := b.check(flags...)
			if err != nil {
				return err
			}
			costs[i] = append(costs[i], c)
		}
	}
	cold := median(costs[0])
	_, _ = fmt.Fprintf(w, "%s, medians of %d rounds; the file that changes is %s\n", filepath.Base(b.tree), rounds, script)
	for i, name := range names {
		c := median(costs[i])
		_, err = fmt.Fprintf(w, "%-28s %6.0f ms  %5.1f %%   processor %6.0f ms  %5.1f %%\n", name,
			ms(c.wall), 100*ms(c.wall)/ms(cold.wall), ms(c.processor), 100*ms(c.processor)/ms(cold.processor))
	}
	return err
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func median(list []cost) cost {
	pick := func(of func(cost) time.Duration) time.Duration {
		all := make([]time.Duration, len(list))
		for i, c := range list {
			all[i] = of(c)
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	return cost{pick(func(c cost) time.Duration { return c.wall }), pick(func(c cost) time.Duration { return c.processor })}
}

// check runs the program on the tree. Findings are no failure.
func (b *bench) check(flags ...string) (cost, error) {
	cmd := exec.Command(b.program, append([]string{"check", "--fail-on", "never"}, flags...)...)
	cmd.Dir = b.tree
	begin := time.Now()
	err := cmd.Run()
	took := time.Since(begin)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 2 {
		return cost{}, fmt.Errorf("the check failed: %w", err)
	}
	return cost{took, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}, nil
}

// firstHandler is the file of the first handler in the tree.
func (b *bench) firstHandler() (string, error) {
	cmd := exec.Command(b.program, "check", "--list-handlers")
	cmd.Dir = b.tree
	out, err := cmd.Output()
	if err != nil {
		return "", err
	}
	file, _, ok := strings.Cut(string(out), ":")
	if !ok {
		return "", errors.New("the tree holds no handler")
	}
	return file, nil
}
