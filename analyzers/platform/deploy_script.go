package platform

import (
	"path"
	"regexp"
)

// scriptHandler finds handler strings in a serverless.ts and in the modules of its functions, and what they are made of there:
// `handler: 'src/x.main'` and the template's “handler: `${handlerPath(__dirname)}/handler.main`”.
var scriptHandler = regexp.MustCompile("handler:\\s*(?:'([^'`\"$]+)'|\"([^'`\"$]+)\"|`([^`$]+)`|`\\$\\{\\w+\\(__dirname\\)\\}/([^`$]+)`)")

// scriptRuntime finds the runtime there.
var scriptRuntime = regexp.MustCompile(`runtime:\s*['"](nodejs[\w.]+)['"]`)

// scriptProvider finds the provider's name there.
var scriptProvider = regexp.MustCompile(`provider:\s*(?:\{\s*name:\s*)?['"]([\w-]+)['"]`)

// scriptTimeout finds a time limit there, in seconds.
var scriptTimeout = regexp.MustCompile(`timeout:\s*(\d+)`)

// readServerlessScript reads what is plain in a serverless.ts: it is code, and is not run. The functions often lie in modules of
// their own below src/, found by their names.
func (f *finder) readServerlessScript(file string, text []byte, _ *conf) {
	dir := dirOf(file)
	f.in(dir).serverless = true
	if m := scriptProvider.FindSubmatch(text); m != nil && string(m[1]) != "aws" {
		f.note(file + ": functions of the provider " + string(m[1]) + " are not found in code")
		return
	}
	var runtime string
	if m := scriptRuntime.FindSubmatch(text); m != nil {
		runtime = string(m[1])
	}
	f.scriptHandlers(file, dir, text, runtime)
	for _, module := range f.files {
		rest, ok := below(dir, module)
		if !ok || !isScript(module) || segments(rest)[0] != "src" || base(module) != "index" {
			continue
		}
		if body, err := f.tree.Read(module); err == nil && has(body, "__dirname") {
			f.scriptHandlers(module, dir, body, runtime)
		}
	}
}

func (f *finder) scriptHandlers(file, root string, text []byte, runtime string) {
	src := &confSource{file: file, text: text}
	found := scriptHandler.FindAllSubmatchIndex(text, -1)
	budget := scriptBudget(src, len(found) == 1)
	for _, m := range found {
		group, from := 1, root
		for m[2*group] < 0 {
			group++
		}
		if group == 4 {
			from = dirOf(file)
		}
		handler := string(text[m[2*group]:m[2*group+1]])
		target, export := f.handlerString(from, handler)
		if target == "" {
			f.note(file + ": the file of handler `" + handler + "` was not found")
			continue
		}
		f.declare(target, declaration{
			platform: "lambda", export: export, runtime: runtime, budget: budget, place: src.place(m[2*group], m[2*group+1]),
			why: "`handler` in " + path.Clean(file), http: has(text, "http"),
		})
	}
}

// scriptBudget is the time limit that a module's only function has there. Which function a limit belongs to cannot be told where
// there are several.
func scriptBudget(src *confSource, single bool) Budget {
	m := scriptTimeout.FindSubmatchIndex(src.text)
	switch {
	case m == nil:
		return Budget{MS: 6_000, From: "the Serverless Framework's default"}
	case !single:
		return Budget{From: unknownBudget + "`timeout` in " + src.file + " is code"}
	}
	return Budget{MS: seconds(string(src.text[m[2]:m[3]])), From: "`timeout` in " + src.file, Place: src.place(m[2], m[3])}
}
