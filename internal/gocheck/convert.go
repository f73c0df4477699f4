package gocheck

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

// take keeps what an analyzer found in a package, with the names that files have below the root.
func (c *run) take(list []rules.Finding) {
	for _, f := range list {
		f.Platform = cmp.Or(f.Platform, "Go")
		f.Range.File = c.relative(f.Range.File)
		f.Steps = slices.Clone(f.Steps) // those of several findings share their array
		for i := range f.Steps {
			f.Steps[i].Range.File = c.relative(f.Steps[i].Range.File)
		}
		for i := range f.Fixes {
			for k := range f.Fixes[i].Edits {
				e := &f.Fixes[i].Edits[k]
				e.Range.File = c.relative(e.Range.File)
			}
		}
		c.add(f)
	}
}

func (c *run) relative(file string) string {
	rel, err := filepath.Rel(c.Root, file)
	if err != nil || strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}

// unchecked is the rule of what keeps Go code from being checked.
const unchecked = "syntax-error"

// broken reports a package that does not compile: it is not checked. One whose imports cannot be loaded is checked as
// far as it can be understood: what comes from them is unknown, and what is unknown is never reported.
func (c *run) broken(m *module, p *packages.Package) bool {
	if len(p.GoFiles) == 0 {
		return true // nothing here is built on this system
	}
	if why := missing(p); why != "" {
		if m.stray {
			return false
		}
		c.add(c.unloadable(m, why))
		return false
	}
	if len(p.Errors) == 0 {
		return false
	}
	if m.stray {
		return true // nobody can build it here, so nobody needs to be told
	}
	for _, e := range p.Errors {
		if at, ok := c.position(e.Pos); ok {
			c.add(rules.Finding{
				Rule: unchecked, Severity: rules.Warning, Range: at, Platform: "Go",
				Message: "this package does not compile: " + oneLine(e.Msg),
				Help:    "nothing in this package is checked until it compiles",
			})
			return true
		}
	}
	c.add(c.unloadable(m, p.Errors[0].Msg))
	return true
}

// missing is why an import of a package cannot be loaded, "" if all can. What is wrong inside the package then follows from it.
func missing(p *packages.Package) string {
	why := ""
	for _, e := range p.Errors {
		switch {
		case e.Kind == packages.ParseError:
			return ""
		case e.Kind == packages.ListError && !strings.HasPrefix(e.Msg, "# "), // with # the compiler speaks
			strings.Contains(e.Msg, "could not import"):
			why = cmp.Or(why, e.Msg)
		}
	}
	packages.Visit(slices.Collect(maps.Values(p.Imports)), nil, func(in *packages.Package) {
		if len(in.Errors) > 0 {
			why = cmp.Or(why, in.PkgPath+": "+in.Errors[0].Msg)
		} else if in.Name == "" {
			why = cmp.Or(why, in.PkgPath+" is not there")
		}
	})
	return why
}

// unloadable says at go.mod that the module, or something that it imports, cannot be loaded.
func (c *run) unloadable(m *module, why string) rules.Finding {
	file := "go.mod"
	if m.dir != "." {
		file = m.dir + "/go.mod"
	}
	return rules.Finding{
		Rule: unchecked, Severity: rules.Warning, Range: flow.Range{File: file}, Platform: "Go",
		Message: "this module's Go code cannot be loaded completely: " + oneLine(why),
		Help:    "it is checked only in part until its dependencies are on this machine and it compiles: `go mod download && go build ./...`",
	}
}

const maxMessage = 200

func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > maxMessage {
		text = strings.ToValidUTF8(text[:maxMessage], "") + "…"
	}
	return text
}

// position reads `file:line:column` as the go command writes it.
func (c *run) position(pos string) (flow.Range, bool) {
	file, rest, ok := cutPosition(pos)
	if !ok {
		return flow.Range{}, false
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return flow.Range{}, false
	}
	line, col, _ := strings.Cut(rest, ":")
	n, _ := strconv.Atoi(line)
	at := 0
	for ; n > 1; n-- {
		i := strings.IndexByte(string(text[at:]), '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	if k, err := strconv.Atoi(col); err == nil && at+k-1 <= len(text) && k > 0 {
		at += k - 1
	}
	return flow.Range{File: c.relative(file), Start: at, End: at}, true
}

// cutPosition splits a file's name, which may hold colons, from line and column.
func cutPosition(pos string) (file, rest string, ok bool) {
	last := strings.LastIndexByte(pos, ':')
	if last <= 0 {
		return "", "", false
	}
	before := strings.LastIndexByte(pos[:last], ':')
	if before > 0 {
		if _, err := strconv.Atoi(pos[before+1 : last]); err == nil {
			return pos[:before], pos[before+1:], true
		}
	}
	if _, err := strconv.Atoi(pos[last+1:]); err != nil {
		return "", "", false
	}
	return pos[:last], pos[last+1:], true
}
