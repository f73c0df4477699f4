package platform

import (
	"path"
	"strings"
)

// isTemplate tells whether a file may be a template of CloudFormation or SAM, by its name. A lock file is none, and larger than all
// templates together.
func isTemplate(name string) bool {
	switch path.Ext(name) {
	case ".yml", ".yaml":
		return !isServerless(name) && name != "pnpm-lock.yaml"
	case ".json":
		return strings.Contains(name, "template")
	}
	return false
}

// wantsTemplate is a look at the text: a template with functions that are not all in other languages.
func wantsTemplate(text []byte) bool {
	return (has(text, "AWS::Serverless::Function") || has(text, "AWS::Lambda::Function")) &&
		(has(text, "nodejs") || has(text, "provided") || !has(text, "Runtime"))
}

// template is one file.
type template struct {
	f    *finder
	file string
	root *conf
}

// readTemplate reads the functions of a template.
//
// Source: aws/serverless-application-model, samtranslator/internal/schema_source/sam-docs.json (Handler, CodeUri, Runtime,
// Timeout with 3 s if none is given, Globals.Function, Events).
func (f *finder) readTemplate(file string, _ []byte, root *conf) {
	t := &template{f, file, root}
	f.in(dirOf(file)).sam = true
	for _, e := range root.get("Resources").entries() {
		switch e.value.get("Type").str() {
		case "AWS::Serverless::Function", "AWS::Lambda::Function":
			t.function(e.key, e.value)
		}
	}
}

// property is that of a resource, or that of Globals.Function.
func (t *template) property(resource *conf, name string) *conf {
	if c := resource.get("Properties", name); c != nil {
		return c
	}
	if resource.get("Type").str() == "AWS::Serverless::Function" {
		return t.root.get("Globals", "Function", name)
	}
	return nil
}

// text is a scalar; `!Ref Name` of a parameter is its default.
func (t *template) text(c *conf) string {
	if c == nil {
		return ""
	}
	ref := c.get("Ref").str()
	if c.tag == "!Ref" {
		ref = c.text
	}
	if ref != "" {
		return t.root.get("Parameters", ref, "Default").str()
	}
	return c.str()
}

func (t *template) function(name string, resource *conf) {
	runtime := t.text(t.property(resource, "Runtime"))
	handler := t.property(resource, "Handler")
	if compiled(runtime) {
		t.settings(name, resource)
	}
	if handler == nil || runtime != "" && !strings.HasPrefix(runtime, "nodejs") {
		return
	}
	d := declaration{
		platform: "lambda", runtime: runtime, place: handler.place(),
		why:    "function `" + name + "` in " + t.file,
		budget: Budget{MS: 3_000, From: "Lambda's default"},
	}
	if timeout := t.property(resource, "Timeout"); timeout != nil {
		d.budget = Budget{From: unknownBudget + "`Timeout` in " + t.file + " is computed", Place: timeout.place()}
		if ms := seconds(t.text(timeout)); ms > 0 {
			d.budget = Budget{MS: ms, From: "`Timeout` in " + t.file, Place: timeout.place()}
		}
	}
	d.options = t.text(t.property(resource, "Environment").get("Variables", "NODE_OPTIONS"))
	d.bundle = templateBundle(resource)
	if resource.get("Properties", "FunctionUrlConfig") != nil {
		d.http = true
	}
	for _, e := range resource.get("Properties", "Events").entries() {
		d.templateEvent(e.value)
	}
	t.settings(name, resource)
	t.place(t.text(handler), resource, d)
}

func (d *declaration) templateEvent(event *conf) {
	kind := event.get("Type")
	switch kind.str() {
	case "Api":
		d.http, d.proxy = true, true
		d.gateway = Budget{MS: 29_000, From: "API Gateway (REST)", Place: kind.place()}
	case "HttpApi":
		d.http = true
		d.gateway = Budget{MS: 30_000, From: "API Gateway (HTTP API)", Place: kind.place()}
	}
}

// place finds the file of a handler: below CodeUri, or the source that esbuild builds it from.
func (t *template) place(handler string, resource *conf, d declaration) {
	if resource.get("Properties", "InlineCode") != nil || resource.get("Properties", "Code", "ZipFile") != nil {
		return
	}
	code := t.property(resource, "CodeUri")
	if code == nil {
		code = resource.get("Properties", "Code")
	}
	dir := join(dirOf(t.file), t.text(code))
	if file := t.entryPoint(dir, handler, resource); file != "" {
		_, d.export, _ = strings.Cut(path.Base(handler), ".")
		t.f.declare(file, d)
		return
	}
	for _, at := range []string{dir, dirOf(t.file), join(dirOf(t.file), "src")} {
		if file, export := t.f.handlerString(at, handler); file != "" {
			d.export = export
			t.f.declare(file, d)
			return
		}
	}
	t.f.note(t.file + ": the file of handler `" + handler + "` was not found")
}

// entryPoint maps a handler to the source it is bundled from.
func (t *template) entryPoint(dir, handler string, resource *conf) string {
	module, _, _ := strings.Cut(path.Base(handler), ".")
	for _, p := range resource.get("Metadata", "BuildProperties", "EntryPoints").items() {
		if base(p.str()) == module {
			return t.f.script(join(dir, p.str()))
		}
	}
	return ""
}
