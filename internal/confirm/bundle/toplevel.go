package bundle

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// A module that awaits at its top level cannot become CommonJS. It is bundled as an ES module instead, whose code then stands in
// an async function: what the script exports is a promise of the handler's module.

// packageSpace holds a stub for each package, so that no import statement is left.
const packageSpace = "handlervet-package"

// lastExport is how esbuild ends the bundle of asyncShim.
var lastExport = regexp.MustCompile(`(?s)\nexport \{\s*([\w$]+) as all\s*\};\n`)

func awaitsAtTop(errors []api.Message) bool {
	return len(errors) > 0 && strings.HasPrefix(errors[0].Text, "This require call is not allowed because the") ||
		len(errors) > 0 && strings.HasPrefix(errors[0].Text, "Top-level await is currently not supported")
}

// asyncScript bundles a module that awaits at its top level.
func asyncScript(o Options, r *resolver) (string, []api.Message) {
	r.stubs = true
	build := options(o, r)
	build.Format = api.FormatESModule
	build.Stdin.Contents = fmt.Sprintf("import * as all from %q;\nexport { all };\n", "./"+o.File)
	result := api.Build(build)
	if len(result.Errors) > 0 || len(result.OutputFiles) == 0 {
		return "", result.Errors
	}
	code := string(result.OutputFiles[0].Contents)
	at := lastExport.FindStringSubmatchIndex(code)
	if at == nil {
		return "", []api.Message{{Text: "it awaits at its top level in a way that cannot be bundled"}}
	}
	name := code[at[2]:at[3]]
	return "module.exports = (async () => {" + code[:at[0]] + "\nreturn " + name + ";\n})();\n" + code[at[1]:], nil
}

// loadStub is the stub of a package.
func loadStub(a api.OnLoadArgs) (api.OnLoadResult, error) {
	text := fmt.Sprintf("module.exports = require(%q);", a.Path)
	return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
}
