// Package emit is an optional last step of confirmation: it turns a run into a test file for Node's
// own test runner, which loads the real handler and gives it the same answers and faults. The test
// fails as long as the handler does what the finding says.
package emit

import (
	_ "embed"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

//go:embed runtime.js
var runtimeSource string

//go:embed hooks.js
var hooksSource string

//go:embed child.js
var childSource string

// Input is what a test is made of.
type Input struct {
	Rule, Message string
	File          string // the handler's, relative to the root
	Export        string
	Method        string
	Line          int
	Contract      *contract.Contract
	BudgetMS      int
	Witness       []string
	Run           *sandbox.Run
	World         *sandbox.World
	// Warm means that the run takes two requests in one process.
	Warm bool
	// Lost is the work that the finding is about, by what it is called; empty for all.
	Lost []string
	// Dir is the folder that the test will lie in, relative to the root.
	Dir string
	// Sources are the texts of the project's files that ran, by name.
	Sources map[string]string
	// Aliases are specifiers that mean files of the project without being paths.
	Aliases map[string]string
	// Private are Twilio's private functions and assets by the name they are asked for by.
	Private map[string]string
}

// test is one on the way to be written.
type test struct {
	Input
	*texts
	strings.Builder
	// loops means that the code may never give way: it runs in a process of its own.
	loops bool
}

// Test writes the test file.
func Test(in Input) (string, error) {
	if in.Run.End == sandbox.NoStart || in.Run.End == sandbox.Guard {
		return "", errors.New(in.Run.Reason)
	}
	if !in.World.Taken && !strings.Contains(in.Export, "(") && in.Export != "module.exports" && !plainName.MatchString(in.Export) {
		return "", errors.New("the module does not export `" + in.Export + "`, and a test could not call it")
	}
	if in.Message == "" {
		in.Message = in.Rule
	}
	t := &test{Input: in, texts: newTexts(), loops: in.Run.End == sandbox.Spin || in.Run.End == sandbox.Budget && busy(in.Run)}
	t.equalities()
	t.head()
	t.WriteString(runtimeSource)
	if t.loops {
		t.WriteString(childSource)
	}
	t.outside()
	t.body()
	return t.String(), nil
}

func (t *test) add(format string, args ...any) { fmt.Fprintf(&t.Builder, format, args...) }

// busy tells whether the time went by in the code and not in waiting.
func busy(r *sandbox.Run) bool {
	return !slices.ContainsFunc(r.Events, func(e sandbox.Event) bool { return strings.Contains(e.Text, "timer") })
}

// equalities finds texts for what was decided to be equal.
func (t *test) equalities() {
	seen := map[*sandbox.Known]bool{}
	for _, list := range [][]*sandbox.Known{t.World.First, t.World.Args, {t.World.Env, t.World.Client}} {
		for _, k := range list {
			t.share(k, seen)
		}
	}
	for _, by := range []map[string]*sandbox.Known{t.World.Modules, t.World.Globals} {
		for _, name := range sorted(by) {
			t.share(by[name], seen)
		}
	}
}

func (t *test) head() {
	t.add("// %s\n// %s:%d [%s]\n//\n// What happens here, by a clock that begins when the handler is called:\n", t.Message, t.File, t.Line, t.Rule)
	for _, line := range t.Witness {
		t.add("//   %s\n", line)
	}
	t.add(`//
// Run it with Node's test runner: node --test <this file>. It fails as long as the handler does this, and passes when it no longer does.
import assert from 'node:assert/strict';
`)
	if t.loops {
		t.add("import { fork } from 'node:child_process';\n")
	}
	t.add(`import Module, { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { mock, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

`)
	up := strings.Repeat("../", depth(t.Dir))
	if up == "" {
		up = "./"
	}
	t.add("const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), %s);\n", quote(strings.TrimSuffix(up, "/")))
	t.add("const limit = %d; // ms: the platform's\n", t.limit())
}

func depth(dir string) int {
	dir = path.Clean(dir)
	if dir == "." || dir == "" {
		return 0
	}
	return strings.Count(dir, "/") + 1
}

func (t *test) limit() int {
	switch {
	case t.BudgetMS > 0:
		return t.BudgetMS
	case t.Contract.BudgetMS > 0:
		return t.Contract.BudgetMS
	}
	return 300_000
}
