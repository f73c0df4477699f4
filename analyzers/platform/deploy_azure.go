package platform

import (
	"path"
	"strconv"
	"strings"
)

// readAzureHost reads host.json: `functionTimeout` is `hh:mm:ss`, -1 is none.
//
// Source: Azure/azure-functions-host, ScriptJobHostOptionsSetup.cs.
func (f *finder) readAzureHost(file string, _ []byte, root *conf) {
	c := root.get("functionTimeout")
	b := Budget{MS: azureBudgetMS, From: "Azure's default on the Consumption plan"}
	if c != nil {
		b = Budget{From: "`functionTimeout` in " + file, Place: c.place(), MS: clock(c.str())}
	}
	if b.MS > 0 && c.placed() {
		f.set(c.setting(Setting{Kind: TimeSetting, Platform: azureV3.Platform, Name: "functionTimeout", Amount: b.MS, Known: true}, nil))
	}
	if c != nil || root.get("version") != nil {
		f.in(dirOf(file)).azure = &b
	}
}

// clock are the milliseconds of `hh:mm:ss` or `d.hh:mm:ss`; 0 if it is something else.
func clock(text string) int {
	days := 0
	if d, rest, ok := strings.Cut(text, "."); ok && strings.Contains(rest, ":") {
		days, _ = strconv.Atoi(d)
		text = rest
	}
	total := days * 24
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return 0
	}
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 {
			return 0
		}
		if i > 0 {
			total *= 60
		}
		total += n
	}
	return total * 1000
}

// readAzureFunction reads function.json: bindings, scriptFile (index.js if there is none) and entryPoint.
//
// Source: Azure/azure-functions-nodejs-worker, src/LegacyFunctionLoader.ts.
func (f *finder) readAzureFunction(file string, _ []byte, root *conf) {
	bindings := root.get("bindings")
	if bindings == nil {
		return
	}
	dir := dirOf(file)
	place := root.key("bindings").place()
	script := root.get("scriptFile").str()
	if script == "" {
		script = "index.js"
	} else if ext := path.Ext(script); ext != ".js" && ext != ".mjs" && ext != ".cjs" && ext != ".ts" {
		return // another language
	} else {
		place = root.get("scriptFile").place()
	}
	d := declaration{platform: "azure.v3", export: root.get("entryPoint").str(), place: place, why: "function `" + path.Base(dir) + "` in " + file}
	for _, b := range bindings.items() {
		if strings.EqualFold(b.get("type").str(), "httpTrigger") {
			d.http, d.routing = true, bindingRouting(b)
		}
	}
	target := f.azureScript(dir, script)
	if target == "" {
		f.note(file + ": the file `" + script + "` was not found")
		return
	}
	f.declare(target, d)
}

// azureScript is the file that scriptFile means, or the source that it is built from.
func (f *finder) azureScript(dir, script string) string {
	at := path.Join(dir, script)
	if found := f.script(at); found != "" {
		return found
	}
	if found := f.script(trimExt(at)); found != "" {
		return found
	}
	root := dirOf(dir)
	if rest, ok := below(root, at); ok {
		if found := f.builtFrom(root, rest); found != "" {
			return found
		}
	}
	return f.script(path.Join(dir, trimExt(path.Base(script))))
}

// azureBudget is what host.json says about a file.
func (f *finder) azureBudget(file string) Budget {
	if _, fo := f.above(file, func(fo *folder) bool { return fo.azure != nil }); fo != nil {
		return *fo.azure
	}
	return Budget{MS: azureBudgetMS, From: "Azure's default on the Consumption plan"}
}
