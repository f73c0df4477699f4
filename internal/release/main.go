// Command release makes what a release of handlervet consists of, and nothing else does: go run ./internal/release 1.2.3 dist
//
// The same commit, built with the same Go, gives the same bytes on any machine: paths are trimmed, times are the commit's
// (or SOURCE_DATE_EPOCH's), names in archives are sorted.
package main

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// platforms are those that there are binaries for.
var platforms = []string{"darwin-amd64", "darwin-arm64", "linux-amd64", "linux-arm64", "windows-amd64", "windows-arm64"}

var versions = regexp.MustCompile(`^\d+\.\d+\.\d+(-[\w.]+)?$`)

// release is one that is being made.
type release struct {
	version string
	top     string    // of the project
	out     string    // directory, absolute
	time    time.Time // of everything in it
}

func main() {
	only := flag.String("only", strings.Join(platforms, ","), "the `platforms` to build for, with commas")
	npm := flag.Bool("npm", true, "make the npm packages, too")
	flag.Usage = func() {
		_, _ = fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./internal/release [flags] <version> <directory>")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 2 || !versions.MatchString(flag.Arg(0)) {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Arg(0), flag.Arg(1), strings.Split(*only, ","), *npm); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(version, out string, only []string, npm bool) error {
	r := &release{version: version}
	var err error
	if r.top, err = os.Getwd(); err != nil {
		return err
	}
	if r.out, err = filepath.Abs(out); err != nil {
		return err
	}
	if r.time, err = commitTime(); err != nil {
		return err
	}
	if err := empty(r.out); err != nil {
		return err
	}
	if err := r.make(only, npm); err != nil {
		return err
	}
	return r.sums()
}

// make is the order of the work.
func (r *release) make(only []string, npm bool) error {
	if err := r.pages(); err != nil {
		return err
	}
	for _, platform := range only {
		if !slices.Contains(platforms, platform) {
			return fmt.Errorf("there is no platform %s; there are %s", platform, strings.Join(platforms, ", "))
		}
		if err := r.binary(platform); err != nil {
			return err
		}
		if err := r.bill(platform); err != nil {
			return err
		}
		if err := r.archive(platform); err != nil {
			return err
		}
	}
	if npm {
		if err := r.packages(only); err != nil {
			return err
		}
	}
	return os.RemoveAll(r.parts())
}

// commitTime is SOURCE_DATE_EPOCH, or when the commit was made that is checked out.
func commitTime() (time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		out, err := exec.Command("git", "log", "-1", "--format=%ct").Output()
		if err != nil {
			return time.Time{}, fmt.Errorf("git does not know when this was committed (%w): set SOURCE_DATE_EPOCH", err)
		}
		text = strings.TrimSpace(string(out))
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH is no number of seconds: %w", err)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// empty makes a directory that has to be new or empty: what a release holds, this program made.
func empty(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	found, err := os.ReadDir(dir)
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%s is not empty", dir)
	}
	return err
}

// command runs a program at the top of the project.
func (r *release) command(env []string, name string, args ...string) error {
	cmd := exec.CommandContext(context.Background(), name, args...)
	cmd.Dir = r.top
	cmd.Env = append(os.Environ(), env...)
	cmd.Env = append(cmd.Env, "SOURCE_DATE_EPOCH="+strconv.FormatInt(r.time.Unix(), 10), "GOWORK=off", "GOFLAGS=")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return nil
}

// output is what a program says.
func (r *release) output(name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(context.Background(), name, args...)
	cmd.Stderr = os.Stderr
	return cmd.Output()
}

// sums writes the checksums of all files of the release, as sha256sum does.
func (r *release) sums() error {
	files, err := below(r.out)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f.file)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(text), f.name)
	}
	return os.WriteFile(filepath.Join(r.out, "SHA256SUMS"), []byte(b.String()), 0o644)
}
