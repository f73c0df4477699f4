package emit

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

func sorted[V any](by map[string]V) []string { return slices.Sorted(maps.Keys(by)) }

// outside writes what the run decided about packages, globals and the environment.
func (t *test) outside() {
	t.add("\n// What is not the project's code, as it was in the run.\n")
	if t.World.Client != nil {
		t.add("const client = %s;\n", t.value(t.World.Client))
	}
	t.add("const packages = {\n")
	for _, name := range sorted(t.World.Modules) {
		t.add("  %s: %s,\n", quote(name), t.value(t.World.Modules[name]))
	}
	t.add("};\nconst replaced = (name) => (packages[name] ??= stub(name));\n")
	t.environment()
	t.globals()
	t.add(`
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
	if esm := modules(t.Sources); len(esm) > 0 {
		t.hooks(esm)
	}
}

// environment are the variables that the run asked for.
func (t *test) environment() {
	env := t.World.Env
	if env == nil {
		return
	}
	for _, name := range sorted(env.Members) {
		k := env.Members[name]
		if k.Nullish > 0 || k.Truthy < 0 && k.Nullish == 0 || k.Bound && k.Value == nil {
			t.add("delete process.env[%s];\n", quote(name))
			continue
		}
		t.add("process.env[%s] = %s;\n", quote(name), t.value(k))
	}
}

// globals are those of the platform and of the web that the run touched.
func (t *test) globals() {
	for _, name := range sorted(t.World.Globals) {
		t.add("globalThis.%s = %s;\n", name, t.value(t.World.Globals[name]))
	}
	for _, name := range t.Contract.Globals {
		switch {
		case t.World.Globals[name] != nil:
		case name == "Runtime":
			t.add("globalThis.Runtime = { getFunctions: () => files, getAssets: () => files, getSync: () => stub('sync') };\nconst files = new Proxy({\n")
			for _, key := range sorted(t.Private) {
				t.add("  %s: { path: path.join(root, %s), open: () => '' },\n", quote(key), quote(t.Private[key]))
			}
			t.add("}, { get: (known, name) => known[name] ?? { path: `absent/${name}`, open: () => '' } });\n")
		case name == "twilioClient" && t.World.Client != nil:
			t.add("globalThis.twilioClient = client;\n")
		case name == "awslambda":
			t.add("globalThis.awslambda = { streamifyResponse: (fn) => fn, HttpResponseStream: { from: (stream) => stream } };\n")
		case name == "Twilio":
			t.add("globalThis.Twilio = stub('Twilio');\n")
		}
	}
}

// hooks let Node load ES modules of the project with packages replaced.
func (t *test) hooks(esm []string) {
	aliases := maps.Clone(t.Aliases)
	if aliases == nil {
		aliases = map[string]string{}
	}
	data, err := json.MarshalIndent(map[string]any{
		"modules": esm, "names": names(t.Sources), "aliases": aliases,
		"packages": append([]string{}, sorted(t.World.Modules)...),
	}, "", "  ")
	if err != nil {
		return // strings only
	}
	t.add("\nglobalThis.replaced = replaced;\nconst hooks = String.raw`%s`;\n", strings.TrimSuffix(hooksSource, "\n"))
	t.add("Module.register('data:text/javascript,' + encodeURIComponent(hooks), { data: { root, ...%s } });\n", data)
}
