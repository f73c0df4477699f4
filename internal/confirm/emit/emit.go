// Package emit is an end of confirmation that some ask for: a run that was seen
// becomes a test file for Node's own test runner, which loads the real handler
// and hands it the same answers and faults from outside. It fails as long as
// the handler does what the finding says.
package emit

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

//go:embed runtime.js
var runtimeSource string

//go:embed hooks.js
var hooksSource string

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
	// Dir is the folder that the test will lie in, relative to the root.
	Dir string
	// Sources are the texts of the project's files that ran, by name.
	Sources map[string]string
	// Aliases are specifiers that mean files of the project without being paths.
	Aliases map[string]string
	// Private are Twilio's private functions and assets by the name they are asked for by.
	Private map[string]string
}

// ErrBusy says that the code never gives way: inside a test nothing could stop it.
var ErrBusy = errors.New("the code never gives way, and a test cannot stop it")

// Test writes the test file.
func Test(in Input) (string, error) {
	if in.Run.End == sandbox.Spin || in.Run.End == sandbox.Budget && busy(in.Run) {
		return "", ErrBusy
	}
	if in.Run.End == sandbox.NoStart || in.Run.End == sandbox.Guard {
		return "", errors.New(in.Run.Reason)
	}
	if in.Message == "" {
		in.Message = in.Rule
	}
	var b strings.Builder
	in.head(&b)
	b.WriteString(runtimeSource)
	in.outside(&b)
	in.test(&b)
	return b.String(), nil
}

// busy tells whether the time went by in the code and not in waiting.
func busy(r *sandbox.Run) bool {
	return !slices.ContainsFunc(r.Events, func(e sandbox.Event) bool { return strings.Contains(e.Text, "timer") })
}

func (in *Input) head(b *strings.Builder) {
	fmt.Fprintf(b, "// %s\n// %s:%d [%s]\n//\n// What happens here, by a clock that begins when the handler is called:\n", in.Message, in.File, in.Line, in.Rule)
	for _, line := range in.Witness {
		b.WriteString("//   " + line + "\n")
	}
	b.WriteString(`//
// Run it with Node's test runner: node --test <this file>. It fails as long as the handler does this, and passes when it no longer does.
import assert from 'node:assert/strict';
import Module, { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { mock, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

`)
	up := strings.Repeat("../", depth(in.Dir))
	if up == "" {
		up = "./"
	}
	fmt.Fprintf(b, "const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), %s);\n", quote(strings.TrimSuffix(up, "/")))
	fmt.Fprintf(b, "const limit = %d; // ms: the platform's\n", in.limit())
}

func depth(dir string) int {
	dir = path.Clean(dir)
	if dir == "." || dir == "" {
		return 0
	}
	return strings.Count(dir, "/") + 1
}

func (in *Input) limit() int {
	switch {
	case in.BudgetMS > 0:
		return in.BudgetMS
	case in.Contract.BudgetMS > 0:
		return in.Contract.BudgetMS
	}
	return 300_000
}

// outside writes what the run decided about packages, globals and the environment.
func (in *Input) outside(b *strings.Builder) {
	b.WriteString("\n// What is not the project's code, as it was in the run.\n")
	if in.World.Client != nil {
		fmt.Fprintf(b, "const client = %s;\n", value(in.World.Client))
	}
	b.WriteString("const packages = {\n")
	for _, name := range slices.Sorted(maps.Keys(in.World.Modules)) {
		fmt.Fprintf(b, "  %s: %s,\n", quote(name), value(in.World.Modules[name]))
	}
	b.WriteString("};\nconst replaced = (name) => (packages[name] ??= stub(name));\n")
	if env := in.World.Env; env != nil {
		for _, name := range slices.Sorted(maps.Keys(env.Members)) {
			k := env.Members[name]
			if k.Nullish > 0 || k.Truthy < 0 && k.Nullish == 0 {
				fmt.Fprintf(b, "delete process.env[%s];\n", quote(name))
				continue
			}
			fmt.Fprintf(b, "process.env[%s] = %s;\n", quote(name), value(k))
		}
	}
	in.globals(b)
	b.WriteString(`
const require = createRequire(import.meta.url);
const loaded = Module._load;
Module._load = (request, ...rest) => {
  const name = request.replace(/^node:/, '');
  if (Object.hasOwn(packages, name)) return packages[name];
  if (isBuiltin(request) || /^[./]|^\w:/.test(request)) return loaded(request, ...rest);
  try {
    return loaded(request, ...rest);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    return replaced(name);
  }
};
`)
	if esm := modules(in.Sources); len(esm) > 0 {
		in.hooks(b, esm)
	}
}

// globals are those of the platform and of the web that the run touched.
func (in *Input) globals(b *strings.Builder) {
	for _, name := range slices.Sorted(maps.Keys(in.World.Globals)) {
		fmt.Fprintf(b, "globalThis.%s = %s;\n", name, value(in.World.Globals[name]))
	}
	for _, name := range in.Contract.Globals {
		switch {
		case in.World.Globals[name] != nil:
		case name == "Runtime":
			b.WriteString("globalThis.Runtime = { getFunctions: () => files, getAssets: () => files, getSync: () => stub('sync') };\nconst files = {\n")
			for _, key := range slices.Sorted(maps.Keys(in.Private)) {
				fmt.Fprintf(b, "  %s: { path: path.join(root, %s), open: () => '' },\n", quote(key), quote(in.Private[key]))
			}
			b.WriteString("};\n")
		case name == "twilioClient" && in.World.Client != nil:
			b.WriteString("globalThis.twilioClient = client;\n")
		case name == "awslambda":
			b.WriteString("globalThis.awslambda = { streamifyResponse: (fn) => fn, HttpResponseStream: { from: (stream) => stream } };\n")
		case name == "Twilio":
			b.WriteString("globalThis.Twilio = stub('Twilio');\n")
		}
	}
}

func (in *Input) hooks(b *strings.Builder, esm []string) {
	aliases := maps.Clone(in.Aliases)
	if aliases == nil {
		aliases = map[string]string{}
	}
	data, err := json.MarshalIndent(map[string]any{
		"modules": esm, "names": names(in.Sources), "aliases": aliases,
		"packages": append([]string{}, slices.Sorted(maps.Keys(in.World.Modules))...),
	}, "", "  ")
	if err != nil {
		return // strings only
	}
	fmt.Fprintf(b, "\nglobalThis.replaced = replaced;\nconst hooks = String.raw`%s`;\n", strings.TrimSuffix(hooksSource, "\n"))
	fmt.Fprintf(b, "Module.register('data:text/javascript,' + encodeURIComponent(hooks), { data: { root, ...%s } });\n", data)
}

// test writes the test itself.
func (in *Input) test(b *strings.Builder) {
	fmt.Fprintf(b, "\ntest(%s, async () => {\n", quote(in.Message))
	b.WriteString("  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate', 'Date'], now: 0 });\n")
	if in.Rule == "leaky-watchdog" || in.Rule == "open-handle" {
		b.WriteString(timersSource)
	}
	if in.Rule == "handler-exit" {
		b.WriteString("  let exited = false;\n  process.exit = () => { exited = true; throw new Error('the process would end here'); };\n")
	}
	in.load(b)
	in.call(b)
	in.check(b)
	b.WriteString("});\n")
}

// timersSource makes timers that are still set count as running.
const timersSource = `  const { setTimeout: set, setInterval: repeat, clearTimeout: unset } = globalThis;
  globalThis.setTimeout = (fn, ...rest) => { const id = set((...a) => { pending.delete(id); fn(...a); }, ...rest); pending.add(id); return id; };
  globalThis.setInterval = (...args) => { const id = repeat(...args); pending.add(id); return id; };
  globalThis.clearTimeout = globalThis.clearInterval = (id) => { pending.delete(id); unset(id); };
`

func (in *Input) load(b *strings.Builder) {
	esm := slices.Contains(modules(in.Sources), in.File)
	if esm {
		fmt.Fprintf(b, "  const module = await import(pathToFileURL(path.join(root, %s)).href);\n", quote(in.File))
	} else {
		fmt.Fprintf(b, "  const module = require(path.join(root, %s));\n", quote(in.File))
	}
	exported := "module." + in.Export
	switch {
	case in.Export == "module.exports", strings.Contains(in.Export, "("):
		exported = "module"
	case in.Export == "default":
		exported = "(module.default ?? module)"
	case !plainName.MatchString(in.Export):
		exported = "module[" + quote(in.Export) + "]"
	}
	if in.World.Taken {
		fmt.Fprintf(b, "  const handler = handed;\n")
		return
	}
	if in.Method != "" {
		fmt.Fprintf(b, "  const handler = %s.%s.bind(%s);\n", exported, in.Method, exported)
		return
	}
	fmt.Fprintf(b, "  const handler = %s;\n", exported)
}

// call writes the arguments and the call, and what its result means to the platform.
func (in *Input) call(b *strings.Builder) {
	c := in.Contract
	used := make([]string, len(c.Args))
	for i, role := range c.Args {
		name := c.ArgNames[i]
		used[i] = name
		fmt.Fprintf(b, "  const %s = %s;\n", name, in.argument(role, name, i))
	}
	p := c.Protocol
	fmt.Fprintf(b, "  try {\n    const result = handler(%s);\n", strings.Join(used, ", "))
	resolving, rejecting := "() => {}", ""
	if p.Mode != flow.ReturnNever {
		resolving = "(value) => answer('the promise', value)"
	}
	if p.RejectAnswers {
		rejecting = ", (error) => answer('the rejection', error)"
	}
	fmt.Fprintf(b, "    if (typeof result?.then === 'function') result.then(%s%s);\n", resolving, rejecting)
	if p.Mode == flow.ReturnValue {
		b.WriteString("    else answer('the result', result);\n")
	}
	b.WriteString("  } catch (error) {\n")
	if p.ThrowAnswers {
		b.WriteString("    answer('the exception', error);\n  }\n")
	} else {
		b.WriteString("    console.error(error); // nothing answers\n  }\n")
	}
}

func (in *Input) argument(role contract.Role, name string, i int) string {
	c := in.Contract
	switch role {
	case contract.RoleCallback, contract.RoleNext:
		return fmt.Sprintf("(...values) => answer(%s, values)", quote(name))
	case contract.RoleResponder, contract.RoleStream:
		return "responder(" + quote(name) + ", " + texts(c.ResponderMethods) + ")"
	}
	var k *sandbox.Known
	if i < len(in.World.Args) {
		k = in.World.Args[i]
	}
	if k == nil {
		return "unknown(" + quote(name) + ")"
	}
	if role != contract.RoleContext {
		return value(k)
	}
	members := map[string]string{"getRemainingTimeInMillis": "() => Math.max(limit - Date.now(), 0)"}
	if in.World.Client != nil {
		members["getTwilioClient"] = "() => client"
	}
	for _, method := range c.ContextMethods {
		members[method] = fmt.Sprintf("(...values) => answer(%s, values)", quote(name+"."+method))
	}
	if len(c.ResponderMethods) > 0 && !slices.Contains(c.Args, contract.RoleResponder) && !slices.Contains(c.Args, contract.RoleStream) {
		members["res"] = "responder(" + quote(name+".res") + ", " + texts(c.ResponderMethods) + ")"
	}
	for key, m := range k.Members {
		if members[key] == "" && tells(m, 0) {
			members[key] = value(m)
		}
	}
	return "unknown(" + quote(name) + ", { members: " + object(members) + " })"
}

func texts(list []string) string {
	items := make([]string, len(list))
	for i, s := range list {
		items[i] = quote(s)
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// check writes what must be so: the opposite of what the finding says.
func (in *Input) check(b *strings.Builder) {
	enough := "answers.length > 0"
	if in.Rule == "double-completion" {
		enough = "answers.length > 1"
	}
	fmt.Fprintf(b, "  await until(() => %s, limit);\n", enough)
	answered := fmt.Sprintf("  assert.ok(answers.length > 0 && answers[0].ms <= limit, 'nothing answered within %d ms');\n", in.limit())
	switch in.Rule {
	case "double-completion":
		b.WriteString("  assert.deepEqual(answers.slice(1), [], 'it was answered more than once');\n")
	case "floating-promise", "early-completion", "leaky-watchdog", "open-handle":
		b.WriteString("  assert.deepEqual(running, [], 'still running when the answer left');\n")
	case "bad-result":
		b.WriteString("  const value = answers[0]?.value;\n")
		switch in.Contract.Returns {
		case contract.ResponseReturn, contract.ResponseOrUndefined:
			b.WriteString("  assert.ok(value instanceof Response, `the result is no Response but ${value}`);\n")
		case contract.ProxyResult:
			b.WriteString("  assert.equal(typeof value, 'object', `the result is no object but ${value}`);\n  assert.ok(value);\n")
		default:
			b.WriteString("  assert.ok(value === undefined || typeof value === 'object', `the result is no object but ${value}`);\n")
		}
	case "handler-exit":
		b.WriteString("  assert.equal(exited, false, 'the process was ended');\n")
	default:
		b.WriteString(answered)
	}
}
