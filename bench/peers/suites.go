package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// suite is another linter's test data, and our rules that ask the same question.
type suite struct {
	name    string
	module  string
	version string // `latest`, or the newest that has its test data in the module
	// files is where the data lies, as a pattern; each folder is a package.
	files string
	// samples means that the data is a list of texts in a Go file, each with the number of reports.
	samples bool
	// context means that functions are given a context: we ask only those that have one.
	context bool
	// before means that an expectation stands on the line before.
	before bool
	marks  string // begins an expectation
	rules  []string
}

func suites() []suite {
	detached := []string{"detached-context", "upstream-deadline"}
	return []suite{
		{name: "noctx", module: "github.com/sonatard/noctx", version: "latest", files: "testdata/src/*/*.go", context: true, marks: "// want", rules: detached},
		{name: "contextcheck", module: "github.com/kkHAIKE/contextcheck", version: "latest", files: "testdata/src/*/*.go", marks: "// want \"", rules: detached},
		{name: "lostcancel", module: "golang.org/x/tools", version: "latest", files: "go/analysis/passes/lostcancel/testdata/src/*/*.go", marks: "// want", rules: detached},
		{name: "gosec G114", module: "github.com/securego/gosec/v2", version: "latest", files: "testutils/g114_samples.go", samples: true, rules: []string{"upstream-deadline"}},
		{
			name: "gosec G118", module: "github.com/securego/gosec/v2", version: "latest", files: "testutils/g118_samples.go", samples: true,
			rules: []string{"detached-context", "floating-goroutine", "infinite-loop", "endless-wait"},
		},
		{
			name: "go-critic returnAfterHttpError", module: "github.com/go-critic/go-critic", version: "latest",
			files: "checkers/testdata/returnAfterHttpError/*.go", marks: "/*!", before: true, rules: []string{"double-completion"},
		},
		{name: "revive deep-exit", module: "github.com/mgechev/revive", version: "v1.3.9", files: "testdata/deep-exit.go", marks: "// MATCH", rules: []string{"handler-exit"}},
		{
			name: "staticcheck SA5002", module: "honnef.co/go/tools", version: "latest", files: "staticcheck/sa5002/testdata/*/*/*.go", marks: "//@ diag",
			rules: []string{"infinite-loop", "endless-wait"},
		},
		{
			name: "staticcheck SA2000", module: "honnef.co/go/tools", version: "latest", files: "staticcheck/sa2000/testdata/*/*/*.go", marks: "//@ diag",
			rules: []string{"floating-goroutine", "endless-wait"},
		},
	}
}

// download brings a module into the cache and says where it lies.
func download(cache, module, version string) (dir, found string, err error) {
	cmd := exec.Command("go", "mod", "download", "-json", module+"@"+version)
	cmd.Dir = cache
	cmd.Env = append(os.Environ(), "GOMODCACHE="+filepath.Join(cache, "mod"), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := cmd.Output()
	var told struct{ Dir, Version, Error string }
	if json.Unmarshal(out, &told) != nil || told.Error != "" || err != nil && told.Dir == "" {
		return "", "", fmt.Errorf("cannot download %s: %s %w", module, told.Error, err)
	}
	return told.Dir, told.Version, nil
}

// removeCache removes a module cache, whose folders cannot be written to.
func removeCache(dir string) {
	_ = filepath.WalkDir(dir, func(file string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_ = os.Chmod(file, 0o755) // what stays is in the folder for temporary files
		}
		return nil
	})
	_ = os.RemoveAll(dir)
}
