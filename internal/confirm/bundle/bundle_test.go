package bundle

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// project writes files to a directory.
func project(t *testing.T, files string) string {
	t.Helper()
	root := t.TempDir()
	for _, f := range txtar.Parse([]byte(files)).Files {
		to := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestBundle(t *testing.T) {
	root := project(t, `
-- tsconfig.json --
{"compilerOptions": {"baseUrl": ".", "paths": {"@lib/*": ["lib/*"]}}}
-- src/handler.ts --
import { a } from '@lib/a';
import b from './b.json';
import axios from 'axios';
import 'node:fs';
import missing from './missing';
export const handler = async () => { for await (const x of a()) await import('./lazy'); return [b, axios, missing]; };
-- src/lazy.ts --
export const lazy = 'LAZY';
-- lib/a.ts --
import { inside } from 'installed';
export async function* a(): AsyncGenerator<number> { yield inside ?? 'FROM_A'; }
-- src/b.json --
{"text": "FROM_JSON"}
-- node_modules/installed/index.js --
exports.inside = 'FROM_PACKAGE';
`)
	s, err := Bundle(Options{Root: root, File: "src/handler.ts"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"FROM_A", "FROM_JSON", "LAZY", `require("axios")`, `require("node:fs")`, `require("installed")`, "sourceMappingURL=data:"} {
		if !strings.Contains(s.Code, want) {
			t.Errorf("the bundle has no %s", want)
		}
	}
	for _, not := range []string{"FROM_PACKAGE", "import(", "async *", "for await", "??", "interface"} {
		if strings.Contains(s.Code, not) {
			t.Errorf("the bundle has %s", not)
		}
	}
	if !slices.Equal(s.Missing, []string{"src/missing"}) {
		t.Errorf("missing are %q", s.Missing)
	}
}

func TestOverlay(t *testing.T) {
	root := project(t, "-- f.js --\nexports.handler = () => 'OLD';\n")
	s, err := Bundle(Options{Root: root, File: "f.js", Overlay: map[string]string{"f.js": "exports.handler = () => 'NEW';"}})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(s.Code, "NEW") || strings.Contains(s.Code, "OLD") {
		t.Error("the text on disk was bundled")
	}
}

func TestErrors(t *testing.T) {
	root := project(t, "-- bad.js --\nlet = = 1;\n")
	for _, file := range []string{"bad.js", "nothing.js", "../outside.js", ""} {
		if _, err := Bundle(Options{Root: root, File: file}); err == nil && file == "bad.js" {
			t.Errorf("%q: no error", file)
		} else if err != nil && strings.Contains(err.Error(), root) {
			t.Errorf("%q: the error names the machine's directories: %v", file, err)
		}
	}
}

func TestPrivate(t *testing.T) {
	root := project(t, `
-- app/functions/send.protected.js --
const p = Runtime.getFunctions()['lib/text'].path; Runtime.getFunctions().shared.path; Runtime.getAssets()['/data.json'].open();
-- app/functions/lib/text.private.js --
-- app/functions/shared.js --
-- app/functions/another.js --
-- app/assets/data.private.json --
{}
-- app/assets/public.js --
-- app/assets/image.private.png --
-- app/middleware/auth.private.js --
-- app/middleware/public.js --
-- app/node_modules/x/y.private.js --
-- app/functions/plain.js --
exports.handler = (c, e, cb) => cb();
`)
	got := Private(root, "app/functions/send.protected.js")
	want := map[string]string{
		"lib/text": "app/functions/lib/text.private.js", "shared": "app/functions/shared.js", "/data.json": "app/assets/data.private.json",
		"/auth.js": "app/middleware/auth.private.js",
	}
	if len(got) != len(want) {
		t.Errorf("got %v", got)
	}
	for name, file := range want {
		if got[name] != file {
			t.Errorf("%s is %q, want %q", name, got[name], file)
		}
	}
	if got := Private(root, "app/functions/plain.js"); got != nil {
		t.Errorf("a function that asks for nothing gets %v", got)
	}
	if got := Private(root, "nothing.js"); got != nil {
		t.Errorf("a file that is not there gets %v", got)
	}
}

// TestTopLevelAwait: the module's promise is what is exported, and packages stay calls of require.
func TestTopLevelAwait(t *testing.T) {
	root := project(t, "-- f.mjs --\nimport x from 'pkg';\nconst y = await x();\nexport const handler = () => y;\n")
	s, err := Bundle(Options{Root: root, File: "f.mjs"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"module.exports = (async () => {", `("pkg")`, "sourceMappingURL=data:"} {
		if !strings.Contains(s.Code, want) {
			t.Errorf("the bundle has no %s:\n%s", want, s.Code)
		}
	}
	for _, not := range []string{"\nimport ", "\nexport "} {
		if strings.Contains(s.Code, not) {
			t.Errorf("the bundle has %q", not)
		}
	}
}
