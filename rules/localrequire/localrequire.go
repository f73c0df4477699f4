// Package localrequire is the rule local-require.
package localrequire

import (
	_ "embed"
	"fmt"
	"path"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

//go:embed local-require.md
var page string

// Rule finds relative paths to project files that are not beside the handler after deployment.
func Rule() rules.Rule {
	return rules.Rule{Name: "local-require", Doc: page, Default: rules.Error, Check: check}
}

func check(s *rules.Subject, report func(rules.Finding)) {
	for i := range s.Requires {
		u := &s.Requires[i]
		if u.Package.Name != "" || !deployed(s, u.File) {
			continue
		}
		f := rules.Finding{
			Range:   flow.Range{File: u.File, Start: u.Start, End: u.End},
			Message: fmt.Sprintf("`require('%s')` names a file beside the function: %s", u.Specifier, s.Handler.Loading.Alone),
			Help: fmt.Sprintf("make it a private function and use require(%s), or a private asset and use require(%s)",
				fmt.Sprintf(s.Handler.Loading.Functions, "name"), fmt.Sprintf(s.Handler.Loading.Assets, "name.js")),
		}
		if found := lookup(s, u); found != "" {
			f.Help = "ask the platform where it is: require(" + found + ")"
			f.Fixes = []rules.Fix{{
				Title: "ask the platform where it is: `require(" + found + ")`",
				Edits: []rules.Edit{{Range: f.Range, Text: found}},
			}}
		}
		report(f)
	}
}

// root is the folder of functions: the path of the handler's file without the part that makes its URL.
func root(s *rules.Subject) string {
	return strings.TrimSuffix(strings.TrimSuffix(plain(s.Handler.File), s.Handler.Path), "/")
}

// deployed tells whether a file is deployed on its own; other files are only reached by a require that is reported anyway.
func deployed(s *rules.Subject, file string) bool {
	return file == s.Handler.File || strings.HasPrefix(file, root(s)+"/")
}

// lookup is how the platform finds the file; "" if it does not deploy it.
func lookup(s *rules.Subject, u *contract.Require) string {
	functions := root(s)
	if name, ok := strings.CutPrefix(u.Local, functions+"/"); ok && path.Ext(name) == ".js" {
		return fmt.Sprintf(s.Handler.Loading.Functions, plain(name))
	}
	for _, folder := range []string{"assets", "static"} {
		name, ok := strings.CutPrefix(u.Local, path.Join(path.Dir(functions), folder)+"/")
		if ok && strings.Contains(path.Base(name), ".private.") {
			return fmt.Sprintf(s.Handler.Loading.Assets, strings.Replace(name, ".private.", ".", 1))
		}
	}
	return ""
}

// plain is a file's name without its extension and its access marker (`.private`, `.protected`).
func plain(file string) string {
	for _, suffix := range []string{".js", ".protected", ".private"} {
		file = strings.TrimSuffix(file, suffix)
	}
	return file
}
