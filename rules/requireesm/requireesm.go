// Package requireesm is the rule require-esm.
package requireesm

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed require-esm.md
var page string

// Rule finds packages that require() cannot load where the handler runs.
func Rule() rules.Rule {
	return rules.Rule{Name: "require-esm", Doc: page, Default: rules.Error, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	for i := range s.Requires {
		u := &s.Requires[i]
		if code, why := thrown(s, u); code != "" {
			report(finding(s, u, code, why))
		}
	}
}

// thrown is the error that Node throws, and why; empty if there is none, or if that is unknown.
//
// Source: tried with Node's releases themselves (rules/requireesm, TestNode).
func thrown(s *rules.Subject, u *contract.Require) (code, why string) {
	can, known := s.Handler.RequiresESM()
	switch {
	case u.Package.Style == contract.NotExported:
		return "ERR_PACKAGE_PATH_NOT_EXPORTED", "its package.json exports nothing to require()"
	case u.Package.Style != contract.ESModule:
		return "", ""
	case known && !can:
		return "ERR_REQUIRE_ESM", s.Handler.Loading.Because
	case !u.Package.Awaits:
		return "", ""
	case known:
		return "ERR_REQUIRE_ASYNC_MODULE", "it uses top-level await"
	}
	return "ERR_REQUIRE_ESM or ERR_REQUIRE_ASYNC_MODULE", "it uses top-level await, so no version of Node can require() it"
}

func finding(s *rules.Subject, u *contract.Require, code, why string) rules.Finding {
	failure := s.Handler.Loading.Failure
	if u.Nested {
		failure = "the handler fails when it gets here"
	}
	f := rules.Finding{
		Range:   flow.Range{File: u.File, Start: u.Start, End: u.End},
		Message: fmt.Sprintf("%s throws %s: %s is an ES module, and %s; %s", call(u), code, version(u.Package), why, failure),
	}
	if u.Package.Style == contract.NotExported {
		f.Message = fmt.Sprintf("%s throws %s: %s can only be imported, and %s; %s", call(u), code, version(u.Package), why, failure)
	}
	f.Help = help(u)
	if a := u.Awaited; a != nil {
		f.Fixes = []rules.Fix{{
			Title: "import it in the handler: `" + strings.TrimSuffix(strings.TrimSpace(a.Text), ";") + "`",
			Safe:  a.Whole,
			Edits: []rules.Edit{
				{Range: flow.Range{File: u.File, Start: a.Start, End: a.End}},
				{Range: flow.Range{File: u.File, Start: a.At, End: a.At}, Text: a.Text},
			},
		}}
	}
	return f
}

// call describes for people what throws.
func call(u *contract.Require) string {
	switch u.Kind {
	case contract.ByImport:
		return "this import becomes `require('" + u.Specifier + "')` when it is compiled, which"
	case contract.ByImportCall:
		return "tsconfig.json makes this import() a `require('" + u.Specifier + "')`, which"
	}
	return "`require('" + u.Specifier + "')`"
}

// version is the package with its version, and where the version comes from.
func version(p contract.Package) string {
	switch p.From {
	case "node_modules":
		return strings.TrimSpace(p.Name+" "+p.Versions) + " in node_modules"
	case "package.json":
		return p.Name + " " + p.Versions
	}
	return p.Name + " " + p.Versions + " (" + p.From + ")"
}

func help(u *contract.Require) string {
	var ways []string
	switch u.Kind {
	case contract.ByRequire:
		ways = append(ways, "load it with `await import('"+u.Specifier+"')` in an async function")
	default:
		ways = append(ways, `make the file an ES module (".mjs", or "type": "module" in package.json)`)
	}
	if v := u.Package.LastCommonJS; v != "" {
		ways = append(ways, "install "+u.Package.Name+"@"+v+", the last version with CommonJS")
	}
	return strings.Join(ways, ", or ")
}
