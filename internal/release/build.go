package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
)

// parts is the directory of what goes into archives and packages.
func (r *release) parts(names ...string) string {
	return filepath.Join(append([]string{r.out, "parts"}, names...)...)
}

// file is the binary of a platform.
func (r *release) file(platform string) string {
	name := "handlervet"
	if strings.HasPrefix(platform, "windows-") {
		name += ".exe"
	}
	return r.parts(platform, name)
}

// binary builds for a platform. Without cgo a Linux binary needs no libc.
func (r *release) binary(platform string) error {
	system, cpu, _ := strings.Cut(platform, "-")
	return r.command([]string{"GOOS=" + system, "GOARCH=" + cpu, "CGO_ENABLED=0"},
		"go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid= -X main.stamped="+r.version, "-o", r.file(platform), "./cmd/handlervet")
}

// pages writes the manual, the shells' completions and the site, which are the same everywhere: the machine's own build tells them.
func (r *release) pages() error {
	const here = "here"
	if err := r.command([]string{"CGO_ENABLED=0"}, "go", "build", "-buildvcs=false", "-ldflags=-X main.stamped="+r.version, "-o", r.file(here), "./cmd/handlervet"); err != nil {
		return err
	}
	if err := r.command(nil, r.file(here), "man", r.parts("pages", "man")); err != nil {
		return err
	}
	dir := r.parts("pages", "completions")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for shell, file := range map[string]string{"bash": "handlervet.bash", "zsh": "_handlervet", "fish": "handlervet.fish", "powershell": "handlervet.ps1"} {
		if err := r.completion(r.file(here), shell, filepath.Join(dir, file)); err != nil {
			return err
		}
	}
	if err := r.site(r.file(here)); err != nil {
		return err
	}
	return os.RemoveAll(r.parts(here))
}

// site packs the documentation.
func (r *release) site(binary string) error {
	if err := r.command(nil, "go", "run", "./internal/site", "-binary", binary, r.parts("site")); err != nil {
		return err
	}
	pages, err := below(r.parts("site"))
	if err != nil {
		return err
	}
	name := "handlervet-" + r.version + "-site"
	return toFile(filepath.Join(r.out, name+".tar.gz"), func(w io.Writer) error { return writeTar(w, name, pages, r.time) })
}

func (r *release) completion(binary, shell, file string) error {
	text, err := r.output(binary, "completion", shell)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}

// packages makes npm's packages of the binaries that are built.
func (r *release) packages(only []string) error {
	made, dir := r.parts("npm"), filepath.Join(r.out, "npm")
	args := []string{"integrations/npm/build.mjs", r.version, made}
	for _, platform := range only {
		args = append(args, strings.NewReplacer("windows", "win32", "amd64", "x64").Replace(platform))
	}
	if err := r.command([]string{"HANDLERVET_BINARIES=" + r.parts()}, "node", args...); err != nil {
		return err
	}
	packed, err := filepath.Glob(filepath.Join(made, "*.tgz"))
	if err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	for _, file := range packed {
		if err := os.Rename(file, filepath.Join(dir, filepath.Base(file))); err != nil {
			return err
		}
	}
	return nil
}
