package gocheck

import (
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"
)

// serving are the packages that what is served is written against: who imports none of them has no handler.
var serving = []string{
	"net/http", "github.com/aws/aws-lambda-go", "github.com/GoogleCloudPlatform/functions-framework-go",
	"github.com/gin-gonic/gin", "github.com/labstack/echo", "github.com/gofiber/fiber",
}

// informed are the packages without which a function that a handler calls has nothing that the rules ask about.
var informed = []string{"context", "net/http"}

// source is a directory of Go files, as far as its import clauses tell.
type source struct {
	module  *module
	dir     string
	imports []string
}

// relevant keeps the directories that may hold a handler, and those that one may reach: type-checking the others would tell nothing.
// Modules without any are dropped.
func (o *Options) relevant(modules []*module) []*module {
	byPath := map[string]*source{}
	var all []*source
	for _, m := range modules {
		name := o.modulePath(m)
		for _, dir := range m.dirs {
			s := &source{module: m, dir: dir, imports: o.importsOf(dir)}
			all = append(all, s)
			if rel, err := filepath.Rel(filepath.FromSlash(m.dir), filepath.FromSlash(dir)); err == nil && name != "" {
				byPath[path.Join(name, filepath.ToSlash(rel))] = s
			}
		}
		m.dirs = nil
	}
	reached := map[*source]bool{}
	var reach func(*source)
	reach = func(s *source) {
		if s == nil || reached[s] {
			return
		}
		reached[s] = true
		for _, in := range s.imports {
			reach(byPath[in])
		}
	}
	for _, s := range all {
		if s.importsAny(serving) {
			reach(s)
		}
	}
	for _, s := range all {
		if reached[s] && (s.importsAny(serving) || s.importsAny(informed)) {
			s.module.dirs = append(s.module.dirs, s.dir)
		}
	}
	return slices.DeleteFunc(modules, func(m *module) bool { return len(m.dirs) == 0 })
}

func (s *source) importsAny(list []string) bool {
	return slices.ContainsFunc(s.imports, func(in string) bool {
		return slices.ContainsFunc(list, func(one string) bool { return in == one || strings.HasPrefix(in, one+"/") })
	})
}

// modulePath is what a module's packages begin with, "" if its go.mod does not say.
func (o *Options) modulePath(m *module) string {
	text, err := o.text(path.Join(m.dir, "go.mod"))
	if err != nil || m.stray {
		return ""
	}
	return modfile.ModulePath(text)
}

// importsOf lists what the files of a directory import, whatever they are built for. What cannot be parsed is asked for by the go command
// later; until then it may import anything.
func (o *Options) importsOf(dir string) []string {
	var list []string
	for _, file := range o.goFiles[dir] {
		text, err := o.text(file)
		if err != nil {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.ImportsOnly|parser.SkipObjectResolution)
		if err != nil {
			return serving
		}
		for _, in := range parsed.Imports {
			if name, err := strconv.Unquote(in.Path.Value); err == nil && !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}

// text is that of the overlay, or that on the disk.
func (o *Options) text(file string) ([]byte, error) {
	if text, ok := o.Overlay[file]; ok {
		return []byte(text), nil
	}
	return os.ReadFile(filepath.Join(o.Root, filepath.FromSlash(file)))
}

// outsideWorkspace tells whether a go.work above a module leaves the module out: the go command would refuse to load it.
func (o *Options) outsideWorkspace(m *module) bool {
	if os.Getenv("GOWORK") != "" || m.stray {
		return false
	}
	own := filepath.Join(o.Root, filepath.FromSlash(m.dir))
	for dir := own; ; dir = filepath.Dir(dir) {
		file := filepath.Join(dir, "go.work")
		if text, err := os.ReadFile(file); err == nil {
			work, err := modfile.ParseWork(file, text, nil)
			return err == nil && !slices.ContainsFunc(work.Use, func(u *modfile.Use) bool {
				at := filepath.FromSlash(u.Path)
				if !filepath.IsAbs(at) {
					at = filepath.Join(dir, at)
				}
				return filepath.Clean(at) == own
			})
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}
