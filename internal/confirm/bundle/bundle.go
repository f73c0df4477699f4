// Package bundle is the first step of confirmation: the file of a handler and the project modules
// it reaches become one script that goja can run. Packages and Node's builtins remain calls of
// `require`.
package bundle

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// Options says what to bundle.
type Options struct {
	Root string // absolute directory that names are relative to
	File string // the handler's file, relative to Root, slashes
	// Private are files that the code may only ask for by name at run time, by that name (Twilio's private functions and assets).
	Private map[string]string
	// Overlay are texts that replace those on disk, by name relative to Root.
	Overlay map[string]string
}

// Script is one handler with all project code it reaches.
type Script struct {
	Code string // CommonJS, inline source map at its end
	// Missing are relative imports that name no file: what they would do is not known.
	Missing []string
	// Aliases are specifiers that name files of the project without being paths, and the files.
	Aliases map[string]string
}

// RegisterName is the function by which the script tells of private files.
const RegisterName = "$private"

// Bundle makes the script. The error names what cannot be read or parsed.
func Bundle(o Options) (*Script, error) {
	r := &resolver{root: o.Root, overlay: o.Overlay, aliases: map[string]string{}}
	result := api.Build(options(o, r))
	if awaitsAtTop(result.Errors) {
		code, errors := asyncScript(o, r)
		if len(errors) == 0 {
			return &Script{Code: code, Missing: slices.Compact(slices.Sorted(slices.Values(r.missing))), Aliases: r.aliases}, nil
		}
		result.Errors = errors
	}
	if len(result.Errors) > 0 {
		m := result.Errors[0]
		if m.Location != nil {
			return nil, fmt.Errorf("%s:%d: %s", m.Location.File, m.Location.Line, m.Text)
		}
		return nil, fmt.Errorf("%s: %s", o.File, m.Text)
	}
	if len(result.OutputFiles) == 0 {
		return nil, fmt.Errorf("%s: nothing was bundled", o.File)
	}
	slices.Sort(r.missing)
	return &Script{Code: string(result.OutputFiles[0].Contents), Missing: slices.Compact(r.missing), Aliases: r.aliases}, nil
}

// lowered are features that goja's parser lacks although ES2017 lowering leaves some of them.
var lowered = []string{
	"dynamic-import", "async-generator", "for-await", "using", "decorators", "import-meta", "import-attributes", "hashbang",
}

func options(o Options, r *resolver) api.BuildOptions {
	supported := map[string]bool{"top-level-await": true} // see toplevel.go
	for _, feature := range lowered {
		supported[feature] = false
	}
	return api.BuildOptions{
		Stdin:         &api.StdinOptions{Contents: shim(o), ResolveDir: o.Root, Sourcefile: "handlervet-entry"},
		Bundle:        true,
		AbsWorkingDir: o.Root, Outfile: filepath.Join(o.Root, "out.js"),
		Format: api.FormatCommonJS, Platform: api.PlatformNode, Target: api.ES2017,
		Supported:      supported,
		Sourcemap:      api.SourceMapInline,
		SourcesContent: api.SourcesContentExclude,
		LegalComments:  api.LegalCommentsNone,
		TreeShaking:    api.TreeShakingFalse,
		JSX:            api.JSXAutomatic,
		LogLevel:       api.LogLevelSilent,
		Loader:         loaders(),
		Define:         map[string]string{"import.meta.url": `"file:///handler.js"`, "import.meta.dirname": `"/"`, "import.meta.env": "process.env"},
		Plugins:        []api.Plugin{{Name: "project", Setup: r.setup}},
	}
}

func loaders() map[string]api.Loader {
	out := map[string]api.Loader{".js": api.LoaderJSX, ".mjs": api.LoaderJSX, ".cjs": api.LoaderJSX, ".node": api.LoaderEmpty, ".wasm": api.LoaderEmpty}
	for _, ext := range []string{".html", ".txt", ".md", ".graphql", ".gql", ".sql", ".yml", ".yaml", ".pem", ".xml", ".csv", ".ejs", ".hbs"} {
		out[ext] = api.LoaderText
	}
	for _, ext := range []string{".css", ".scss", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".ico", ".mp3", ".wav", ".woff", ".woff2", ".pdf"} {
		out[ext] = api.LoaderEmpty
	}
	return out
}

// shim is the entry: private files are told before the handler's module runs.
func shim(o Options) string {
	var b strings.Builder
	names := make([]string, 0, len(o.Private))
	for name := range o.Private {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(&b, "%s(%q, () => require(%q));\n", RegisterName, name, "./"+o.Private[name])
	}
	fmt.Fprintf(&b, "module.exports = require(%q);\n", "./"+o.File)
	return b.String()
}

// resolver bundles what belongs to the project and leaves everything else to `require`.
type resolver struct {
	root    string
	overlay map[string]string
	stubs   bool // packages become stubs
	mu      sync.Mutex
	missing []string
	aliases map[string]string
}

// asked marks the resolver's own questions, so that it does not answer them.
type asked struct{}

func (r *resolver) setup(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		if _, own := a.PluginData.(asked); own {
			return api.OnResolveResult{}, nil
		}
		found := build.Resolve(a.Path, api.ResolveOptions{
			Importer: a.Importer, Namespace: a.Namespace, ResolveDir: a.ResolveDir, Kind: a.Kind, PluginData: asked{},
		})
		if len(found.Errors) == 0 && !found.External && found.Namespace == "file" && r.owns(found.Path) {
			if !strings.HasPrefix(a.Path, ".") && !path.IsAbs(a.Path) {
				r.mu.Lock()
				r.aliases[a.Path] = r.name(found.Path)
				r.mu.Unlock()
			}
			return api.OnResolveResult{Path: found.Path, Namespace: found.Namespace, SideEffects: api.SideEffectsTrue}, nil
		}
		if strings.HasPrefix(a.Path, ".") {
			r.mu.Lock()
			r.missing = append(r.missing, path.Join(r.name(a.ResolveDir), a.Path))
			r.mu.Unlock()
		}
		if r.stubs && a.Namespace != packageSpace {
			return api.OnResolveResult{Path: a.Path, Namespace: packageSpace}, nil
		}
		return api.OnResolveResult{Path: a.Path, External: true}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: packageSpace}, loadStub)
	build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "file"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		text, ok := r.overlay[r.name(a.Path)]
		if !ok {
			read, err := os.ReadFile(a.Path)
			if err != nil || !bytes.Contains(read, mapped) {
				return api.OnLoadResult{}, nil
			}
			text = string(read)
		}
		text = strings.ReplaceAll(text, string(mapped), "// ") // positions are those of the file that was checked, not of what it was made of
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderDefault, ResolveDir: filepath.Dir(a.Path)}, nil
	})
}

// mapped begins the comment by which a compiled file names its source map.
var mapped = []byte("//# sourceMappingURL=")

// owns tells whether a file is the project's: under the root and in no package.
func (r *resolver) owns(file string) bool {
	name := r.name(file)
	return name != ".." && !strings.HasPrefix(name, "../") && !slices.Contains(strings.Split(name, "/"), "node_modules")
}

func (r *resolver) name(file string) string {
	rel, err := filepath.Rel(r.root, file)
	if err != nil {
		return file
	}
	return filepath.ToSlash(rel)
}
