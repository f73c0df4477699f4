package emit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// body writes the test itself.
func (t *test) body() {
	if t.loops {
		t.add("\nasync function run() {\n")
		t.steps()
		t.add(`  return { answers: answers.map(({ how, ms }) => ({ how, ms })), unhandled: unhandled.map(String) };
}

if (process.argv[2] === 'apart') {
  run().catch((error) => ({ error: error.stack })).then((told) => process.send(told));
} else test(%s, async () => {
  const told = await apart();
  assert.ok(!told.looping, `+"`the handler ran for ${patience / 1000} s and did not give way: it loops`"+`);
  assert.equal(told.error, undefined);
  const { answers, unhandled } = told;
`, quote(t.Message))
		t.check()
		t.add("});\n")
		return
	}
	t.add("\ntest(%s, async () => {\n", quote(t.Message))
	t.steps()
	t.check()
	t.add("});\n")
}

// steps load the handler, call it and wait for what becomes of it.
func (t *test) steps() {
	t.add("  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 0 });\n")
	t.add("  setTimeout[promisify.custom] ??= (ms, value) => new Promise((done) => setTimeout(done, ms, value));\n")
	if t.loops {
		t.add("  costly();\n")
	}
	heard := "console.error(error)"
	if t.Contract.Protocol.FloatingAnswers {
		heard = "answer('the platform', error)"
	}
	t.add("  watch((error) => %s);\n", heard)
	if t.Rule == "leaky-watchdog" || t.Rule == "open-handle" {
		t.add("%s", timersSource)
	}
	if t.Rule == "handler-exit" {
		t.add("  let exited = false;\n  process.exit = () => { exited = true; throw new Error('the process would end here'); };\n")
	}
	t.load()
	if t.loops {
		t.add("  await new Promise((sent) => process.send('loaded', sent));\n")
	}
	if !t.Warm {
		t.call("  ", t.World.Args)
		t.add("  await until(() => %s, limit);\n", t.enough())
		return
	}
	t.add("\n  // The first request.\n  {\n")
	t.call("    ", t.World.First)
	if t.World.Overlaps {
		t.add("  }\n  await until(() => answers.length > 0, limit);\n\n  // The second comes to the same process while work of the first still runs.\n  again();\n  {\n")
	} else {
		t.add("  }\n  await until(() => false, limit);\n\n  // The second comes to the same process.\n  again();\n  {\n")
	}
	t.call("    ", t.World.Args)
	t.add("  }\n  await until(() => %s, limit);\n", t.enough())
}

// timersSource makes timers that are still set count as running.
const timersSource = `  const { setTimeout: set, setInterval: repeat, clearTimeout: unset } = globalThis;
  const timers = new Map();
  const timer = (id) => { timers.set(id, { label: 'setTimeout()' }); pending.add(timers.get(id)); return id; };
  const gone = (id) => { pending.delete(timers.get(id)); };
  globalThis.setTimeout = (fn, ...rest) => { const id = timer(set((...a) => { gone(id); fn(...a); }, ...rest)); return id; };
  globalThis.setInterval = (...args) => timer(repeat(...args));
  globalThis.clearTimeout = globalThis.clearInterval = (id) => { gone(id); unset(id); };
`

func (t *test) load() {
	if slices.Contains(modules(t.Sources), t.File) {
		t.add("  const { $exports, ...module } = { ...(await import(pathToFileURL(path.join(root, %s)).href)) };\n  Object.assign(module, $exports);\n", quote(t.File))
	} else {
		t.add("  const module = require(path.join(root, %s));\n", quote(t.File))
	}
	exported := "module." + t.Export
	switch {
	case t.Export == "module.exports", strings.Contains(t.Export, "("):
		exported = "module"
	case t.Export == "default":
		exported = "(module.default ?? module)"
	}
	switch {
	case t.World.Taken:
		t.add("  const handler = handed;\n")
	case t.Method != "":
		t.add("  const handler = %s.%s.bind(%s);\n", exported, t.Method, exported)
	default:
		t.add("  const handler = %s;\n", exported)
	}
	t.add("  assert.equal(typeof handler, 'function', 'the handler is no longer where it was');\n")
}

// call writes the arguments and the call, and what its result means to the platform.
func (t *test) call(indent string, args []*sandbox.Known) {
	c := t.Contract
	for i, role := range c.Args {
		name := c.ArgNames[i]
		var k *sandbox.Known
		if i < len(args) {
			k = args[i]
		}
		t.add("%sconst %s = %s;\n", indent, name, t.argument(role, name, k))
	}
	p := c.Protocol
	resolving, rejecting := "() => {}", ""
	if p.Mode != flow.ReturnNever {
		resolving = "answering('the promise')"
	}
	if p.RejectAnswers {
		rejecting = ", answering('the rejection')"
	}
	lines := []string{
		"try {", fmt.Sprintf("  const result = handler(%s);", strings.Join(c.ArgNames[:len(c.Args)], ", ")),
		fmt.Sprintf("  if (typeof result?.then === 'function') result.then(%s%s);", resolving, rejecting),
	}
	if p.Mode == flow.ReturnValue {
		lines = append(lines, "  else answer('the result', result);")
	}
	lines = append(lines, "} catch (error) {")
	if p.ThrowAnswers {
		lines = append(lines, "  answer('the exception', error);", "}")
	} else {
		lines = append(lines, "  unhandled.push(error);", "}")
	}
	for _, line := range lines {
		t.add("%s%s\n", indent, line)
	}
}

func (t *test) argument(role contract.Role, name string, k *sandbox.Known) string {
	c := t.Contract
	switch role {
	case contract.RoleCallback, contract.RoleNext:
		return fmt.Sprintf("answering(%s)", quote(name))
	case contract.RoleResponder, contract.RoleStream:
		return "responder(" + quote(name) + ", " + list(c.ResponderMethods) + ")"
	}
	if k == nil {
		return "unknown(" + quote(name) + ")"
	}
	if role != contract.RoleContext {
		return t.value(k)
	}
	members := map[string]string{"getRemainingTimeInMillis": "() => Math.max(began + limit - Date.now(), 0)"}
	if t.World.Client != nil {
		members["getTwilioClient"] = "() => client"
	}
	for _, method := range c.ContextMethods {
		members[method] = fmt.Sprintf("answering(%s)", quote(name+"."+method))
	}
	if len(c.ResponderMethods) > 0 && !slices.Contains(c.Args, contract.RoleResponder) && !slices.Contains(c.Args, contract.RoleStream) {
		members["res"] = "responder(" + quote(name+".res") + ", " + list(c.ResponderMethods) + ")"
	}
	for key, m := range k.Members {
		if members[key] == "" && t.tells(m, 0) {
			members[key] = t.value(m)
		}
	}
	return "unknown(" + quote(name) + ", { members: " + object(members) + " })"
}

func list(of []string) string {
	items := make([]string, len(of))
	for i, s := range of {
		items[i] = quote(s)
	}
	return "[" + strings.Join(items, ", ") + "]"
}
