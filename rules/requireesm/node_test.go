package requireesm

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/modules"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/rules"
)

// packages is what is required; each is a folder of node_modules.
const packages = `
-- node_modules/common/package.json --
{}
-- node_modules/common/index.js --
module.exports = 1;
-- node_modules/typed/package.json --
{ "type": "module" }
-- node_modules/typed/index.js --
export default 1;
-- node_modules/ending/package.json --
{ "main": "./x.mjs" }
-- node_modules/ending/x.mjs --
export default 1;
-- node_modules/data/package.json --
{ "type": "module", "main": "x.json" }
-- node_modules/data/x.json --
{}
-- node_modules/folder/package.json --
{ "main": "lib" }
-- node_modules/folder/lib/index.js --
module.exports = 1;
-- node_modules/awaits/package.json --
{ "type": "module" }
-- node_modules/awaits/index.js --
export default await 1;
-- node_modules/deep/package.json --
{ "type": "module", "exports": "./a.js" }
-- node_modules/deep/a.js --
import 'awaits';
-- node_modules/lazily/package.json --
{ "type": "module" }
-- node_modules/lazily/index.js --
export const f = () => import('awaits');
-- node_modules/imported/package.json --
{ "exports": { "import": "./a.mjs" } }
-- node_modules/imported/a.mjs --
export default 1;
-- node_modules/dual/package.json --
{ "type": "module", "exports": { ".": { "import": "./a.js", "require": "./a.cjs" }, "./sub/*": "./lib/*.js" } }
-- node_modules/dual/a.js --
export default 1;
-- node_modules/dual/a.cjs --
module.exports = 1;
-- node_modules/dual/lib/b.js --
export default 1;
-- node_modules/nested/package.json --
{ "type": "module", "exports": { "default": "./cjs/a.js" } }
-- node_modules/nested/cjs/package.json --
{ "type": "commonjs" }
-- node_modules/nested/cjs/a.js --
module.exports = 1;
-- node_modules/order/package.json --
{ "exports": { "node": "./a.mjs", "require": "./a.cjs" } }
-- node_modules/order/a.mjs --
export default 1;
-- node_modules/order/a.cjs --
module.exports = 1;
-- node_modules/refused/package.json --
{ "exports": { ".": { "require": null, "default": "./a.cjs" } } }
-- node_modules/refused/a.cjs --
module.exports = 1;
-- node_modules/synced/package.json --
{ "exports": { "module-sync": "./a.mjs", "default": "./a.cjs" } }
-- node_modules/synced/a.mjs --
export default 1;
-- node_modules/synced/a.cjs --
module.exports = 1;
`

// specifiers are what is required of them.
var specifiers = []string{
	"common", "typed", "ending", "data", "folder", "awaits", "deep", "lazily", "imported", "dual", "dual/sub/b", "dual/other", "nested", "order",
	"refused", "synced",
}

// published are versions on both sides of a change that the table knows. None has dependencies.
var published = []string{
	"nanoid@3.3.11", "nanoid@4.0.0", "p-map@4.0.0", "p-map@5.0.0", "ansi-regex@5.0.1", "ansi-regex@6.0.0", "uuid@11.1.0", "uuid@12.0.0",
	"marked@15.0.12", "marked@16.0.0", "pretty-bytes@5.6.0", "pretty-bytes@6.0.0",
}

// TestNode holds what the rule says of require() against Node itself: its newest releases of four majors, as they are (the runtimes of
// Azure and Google) and with the switch that Lambda sets.
func TestNode(t *testing.T) {
	if testing.Short() {
		t.Skip("slow: it installs four releases of Node")
	}
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(packages)).Files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	for _, id := range published {
		name, _, _ := strings.Cut(id, "@")
		install(t, filepath.Join(dir, "published", id), id)
		write(t, filepath.Join(dir, "asked", id, "package.json"), fmt.Sprintf(`{"dependencies":{%q:%q}}`, name, id[len(name)+1:]))
	}
	for _, major := range []string{"18", "20", "22", "24"} {
		node := nodeOf(t, major)
		plain := contract.Handler{Runtime: "nodejs" + major, Loading: platform.ContractByID("gcf.http").Loading}
		onLambda := contract.Handler{Runtime: "nodejs" + major + ".x", Loading: platform.ContractByID("lambda.async").Loading}
		flags := []string{"--no-experimental-require-module"}
		if major == "18" { // nothing to turn off
			flags = nil
		}
		for _, s := range specifiers {
			held(t, node, nil, &plain, dir, dir, s)
			held(t, node, flags, &onLambda, dir, dir, s)
		}
		for _, id := range published {
			name, _, _ := strings.Cut(id, "@")
			held(t, node, flags, &onLambda, filepath.Join(dir, "asked", id), filepath.Join(dir, "published", id), name)
		}
	}
}

// held compares what the rule says of a specifier in the project `known` with what node says in the project `run`.
func held(t *testing.T, node string, flags []string, h *contract.Handler, known, run, specifier string) {
	t.Helper()
	said := ""
	if p, ok := modules.New(disk(known)).Required("f.js", specifier); ok {
		said, _ = thrown(&rules.Subject{Handler: h}, &contract.Require{Package: p})
	}
	if got := required(t, node, flags, run, specifier); got != said {
		t.Errorf("%s %v: require(%q) in %s: node says %q, the rule %q", h.Runtime, flags, specifier, filepath.Base(run), got, said)
	}
}

var code = regexp.MustCompile(`code: '(\w+)'`)

// required is the code of the error that require() throws, empty if it throws none.
func required(t *testing.T, node string, flags []string, dir, specifier string) string {
	t.Helper()
	cmd := exec.Command(node, append(flags, "-e", fmt.Sprintf("require(%q)", specifier))...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err == nil {
		return ""
	}
	if m := code.FindSubmatch(out); m != nil {
		return string(m[1])
	}
	t.Errorf("require(%q): %v\n%s", specifier, err, out)
	return ""
}

// disk is a folder as the resolver sees it.
type disk string

func (d disk) Files() []string { return nil }

func (d disk) Read(path string) ([]byte, error) {
	return os.ReadFile(filepath.Join(string(d), filepath.FromSlash(path)))
}

// nodeOf is the newest release of a major version of Node, kept between runs.
func nodeOf(t *testing.T, major string) string {
	t.Helper()
	arch, ok := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	if !ok || runtime.GOOS == "windows" {
		t.Skip("no npm package has Node for " + runtime.GOOS + " on " + runtime.GOARCH)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skip(err)
	}
	name := "node-" + runtime.GOOS + "-" + arch
	dir := filepath.Join(cache, "handlervet-test", "node-"+major)
	program := filepath.Join(dir, "node_modules", name, "bin", "node")
	if _, err := os.Stat(program); errors.Is(err, os.ErrNotExist) {
		install(t, dir, name+"@"+major)
	}
	return program
}

// install installs a package into a folder of its own.
func install(t *testing.T, dir, id string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("npm", "install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix", dir, id)
	if out, err := cmd.CombinedOutput(); err != nil {
		text := fmt.Sprintf("npm cannot install %s: %v\n%s", id, err, out)
		if os.Getenv("HANDLERVET_REQUIRE_TOOLS") == "1" {
			t.Fatal(text)
		}
		t.Skip(text)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
