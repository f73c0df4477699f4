package modules

import (
	"errors"
	"sync"
	"testing"
)

// files is a project in memory.
type files map[string]string

func (f files) Files() []string {
	var out []string
	for name := range f {
		out = append(out, name)
	}
	return out
}

func (f files) Read(path string) ([]byte, error) {
	text, ok := f[path]
	if !ok {
		return nil, errors.New("no such file")
	}
	return []byte(text), nil
}

func project() files {
	return files{
		"functions/hello.js":      "",
		"functions/lib/util.js":   "",
		"functions/lib/index.js":  "",
		"functions/data.json":     "",
		"functions/both":          "",
		"functions/both.js":       "",
		"src/a.ts":                "",
		"src/b.tsx":               "",
		"src/c.mts":               "",
		"src/lib/deep/thing.ts":   "",
		"src/pkg.name.ts":         "",
		"web/tsconfig.json":       "{\n// comment\n\"extends\": \"./base\", \"compilerOptions\": {\"paths\": {\"@/*\": [\"./none/*\", \"./app/*\"], \"exact\": [\"app/one.ts\"],}, }}",
		"web/base.json":           `{"compilerOptions": {"baseUrl": "."}}`,
		"web/app/one.ts":          "",
		"web/app/two/index.tsx":   "",
		"web/app/handler.ts":      "",
		"plain/jsconfig.json":     `{"compilerOptions": {"paths": {"~/*": ["./lib/*"]}}}`,
		"plain/lib/x.js":          "",
		"plain/sub/y.js":          "",
		"loop/tsconfig.json":      `{"extends": "./tsconfig.json"}`,
		"loop/a.ts":               "",
		"esm/package.json":        `{"type": "module"}`,
		"esm/a.js":                "",
		"esm/deep/b.ts":           "",
		"esm/inner/package.json":  `{}`,
		"esm/inner/c.js":          "",
		"esm/broken/package.json": `{"type": `,
		"esm/broken/d.js":         "",
	}
}

func TestResolve(t *testing.T) {
	for _, c := range []struct{ from, specifier, want string }{
		{"functions/hello.js", "./lib/util", "functions/lib/util.js"},
		{"functions/hello.js", "./lib/util.js", "functions/lib/util.js"},
		{"functions/hello.js", "./lib", "functions/lib/index.js"},
		{"functions/hello.js", "./lib/", "functions/lib/index.js"},
		{"functions/lib/util.js", ".", "functions/lib/index.js"},
		{"functions/lib/util.js", "..", ""},
		{"functions/lib/util.js", "../hello", "functions/hello.js"},
		{"functions/hello.js", "./data.json", "functions/data.json"},
		{"functions/hello.js", "./data", "functions/data.json"},
		{"functions/hello.js", "./both", "functions/both"},
		{"functions/hello.js", "./missing", ""},
		{"functions/hello.js", "../../outside", ""},
		{"functions/hello.js", "/abs", ""},
		{"functions/hello.js", "", ""},
		{"functions/hello.js", "twilio", ""},
		{"functions/hello.js", "node:fs", ""},
		{"functions/hello.js", "./lib/util?raw", "functions/lib/util.js"},
		{"src/b.tsx", "./a.js", "src/a.ts"},
		{"src/a.ts", "./b.js", "src/b.tsx"},
		{"src/a.ts", "./b.jsx", "src/b.tsx"},
		{"src/a.ts", "./c.mjs", "src/c.mts"},
		{"src/a.ts", "./pkg.name", "src/pkg.name.ts"},
		{"web/app/handler.ts", "@/one", "web/app/one.ts"},
		{"web/app/handler.ts", "@/two", "web/app/two/index.tsx"},
		{"web/app/handler.ts", "exact", "web/app/one.ts"},
		{"web/app/handler.ts", "app/one", "web/app/one.ts"},
		{"web/app/handler.ts", "@/three", ""},
		{"plain/sub/y.js", "~/x", "plain/lib/x.js"},
		{"plain/sub/y.js", "lib/x", ""},
		{"loop/a.ts", "whatever", ""},
	} {
		got, ok := New(project()).Resolve(c.from, c.specifier)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("Resolve(%q, %q) = %q, %v; want %q", c.from, c.specifier, got, ok, c.want)
		}
	}
}

func TestIsESModule(t *testing.T) {
	r := New(project())
	for file, want := range map[string]bool{
		"esm/a.js": true, "esm/deep/b.ts": true, "esm/inner/c.js": false, "esm/broken/d.js": false,
		"esm/x.cjs": false, "esm/x.cts": false, "functions/x.mjs": true, "src/c.mts": true, "functions/hello.js": false,
	} {
		if got := r.IsESModule(file); got != want {
			t.Errorf("IsESModule(%q) = %v", file, got)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		specifier, name, subpath string
		ok                       bool
	}{
		{"twilio", "twilio", "", true},
		{"twilio/lib/rest", "twilio", "lib/rest", true},
		{"@aws-sdk/client-s3", "@aws-sdk/client-s3", "", true},
		{"@aws-sdk/client-s3/dist/x", "@aws-sdk/client-s3", "dist/x", true},
		{"node:fs/promises", "fs", "promises", true},
		{"@scope", "", "", false},
		{"./x", "", "", false},
		{"/x", "", "", false},
		{"#internal", "", "", false},
		{"https://esm.sh/x", "", "", false},
		{"", "", "", false},
	} {
		name, subpath, ok := Split(c.specifier)
		if ok != c.ok || ok && (name != c.name || subpath != c.subpath) {
			t.Errorf("Split(%q) = %q, %q, %v", c.specifier, name, subpath, ok)
		}
	}
}

func TestConcurrent(t *testing.T) {
	r := New(project())
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if got, _ := r.Resolve("web/app/handler.ts", "@/one"); got != "web/app/one.ts" {
				t.Error(got)
			}
			r.IsESModule("esm/deep/b.ts")
		})
	}
	wg.Wait()
}
