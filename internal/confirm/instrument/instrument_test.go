package instrument

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
	"golang.org/x/tools/txtar"
)

// plainHooks are what the hooks mean where nothing is unknown.
const plainHooks = `(() => {
	let last, subjects = {};
	return {
		$probe() {}, $test(x) { last = x; return !!x; }, $last() { return last; },
		$equal(a, b, strict) { return strict ? a === b : a == b; },
		$relate(op, a, b) { return op === '<' ? a < b : op === '<=' ? a <= b : op === '>' ? a > b : a >= b; },
		$typeof(x) { return typeof x; }, $typeis(x, name) { return typeof x === name; },
		$switch(id, v) { subjects[id] = v; return true; }, $case(id, v) { return subjects[id] === v; },
		$in(k, o) { return k in o; }, $instanceof(x, C) { return x instanceof C; },
		$object(o) { return o; }, $key(k) { return k; }, $into(k) { return k; }, $add(a, b) { return a + b; },
		$exec(x, a) { return x.exec(a); }, $interop(name, helper, ...args) { return helper(...args); },
	};
})()`

// outcome runs a script and tells what it exports or throws.
func outcome(t testing.TB, code string, hooked bool) string {
	t.Helper()
	s, err := compile(code, "$private", hooked)
	if err != nil {
		return "does not compile"
	}
	rt := goja.New()
	rt.SetMaxCallStackSize(500)
	v, err := rt.RunProgram(s.Program)
	define, ok := goja.AssertFunction(v)
	if err != nil || !ok {
		return "does not compile" // it closed the function that stands around it
	}
	hooks, err := rt.RunString(plainHooks)
	if err != nil {
		t.Fatal(err)
	}
	module, exports := rt.NewObject(), rt.NewObject()
	if err := module.Set("exports", exports); err != nil {
		t.Fatal(err)
	}
	args := []goja.Value{exports, goja.Undefined(), module, goja.Undefined(), goja.Undefined(), goja.Undefined()}
	for _, name := range Hooks() {
		args = append(args, hooks.ToObject(rt).Get(name))
	}
	if _, err := define(goja.Undefined(), args...); err != nil {
		return "throws " + strings.SplitN(err.Error(), " at ", 2)[0]
	}
	text, err := rt.RunString("JSON.stringify")
	if err != nil {
		t.Fatal(err)
	}
	stringify, _ := goja.AssertFunction(text)
	out, err := stringify(goja.Undefined(), module.Get("exports"))
	if err != nil {
		return "cannot be shown"
	}
	return out.String()
}

// TestSameBehaviour: with nothing unknown, instrumented code does what it did.
func TestSameBehaviour(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/same.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		t.Run(f.Name, func(t *testing.T) {
			plain := outcome(t, string(f.Data), false)
			if plain == "does not compile" || plain == "{}" {
				t.Fatalf("the case shows nothing: %s", plain)
			}
			if hooked := outcome(t, string(f.Data), true); hooked != plain {
				t.Errorf("instrumented: %s\nplain: %s", hooked, plain)
			}
		})
	}
}

// TestHooked makes sure that the comparison above compares something: every operator of interest is hooked.
func TestHooked(t *testing.T) {
	code := `if (a) b(); c && d; e === f; g < h; typeof i; typeof j === 'x'; switch (k) { case l: } m in n; o instanceof p; q[r]; q[r] = s; s + t; /v/.exec(v); __toESM(u)`
	s, err := goja.Parse(name, "(function(){"+code+"})")
	if err != nil {
		t.Fatal(err)
	}
	w := &walker{positions: s.File, cases: map[int]bool{}}
	w.module(s)
	seen := map[string]bool{}
	count := func(hook string) { seen[hook] = true }
	walkCalls(s, count)
	for _, hook := range Hooks() {
		if !seen[hook] {
			t.Errorf("%s is nowhere", hook)
		}
	}
}

func FuzzSameBehaviour(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/same.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		f.Add(string(file.Data))
	}
	f.Fuzz(func(t *testing.T, code string) {
		for _, endless := range []string{"for", "while", "$", "eval", "Function", "Date", "random", "repeat", "stack", "toString", "arguments", "pad", "fill", "Array"} {
			if strings.Contains(code, endless) {
				t.Skip("it may not end, or sees its own text")
			}
		}
		plain := outcome(t, code, false)
		if hooked := outcome(t, code, true); hooked != plain {
			t.Errorf("instrumented: %s\nplain: %s", hooked, plain)
		}
	})
}
