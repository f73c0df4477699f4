package platform

import (
	"bytes"
	"cmp"
	"path"
	"regexp"
	"slices"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/modules"
)

// Options changes what Discover does.
type Options struct {
	// Platform decides handlers that nothing else decides: `twilio`, `lambda`, `vercel`, `next`, `azure`, `gcf`, `netlify`, `cloudflare`.
	Platform string
	// Runtime is the Node version of handlers for which no deployment file names one: `nodejs24.x`, `node22`, `24`.
	Runtime string
}

// Problem is a deployment file that cannot be read, or something in it that cannot be understood.
type Problem struct {
	Place Place
	Text  string
}

// Project is what was found in a tree.
type Project struct {
	// Handlers are in the order of their files and lines.
	Handlers []*Handler
	// Settings are what the deployment files, and some handlers' files, set, in the order of their places.
	Settings []Setting
	// Problems are broken deployment files.
	Problems []Problem
	// Notes are sentences for `--list-handlers`: declared handlers whose file is missing, providers nobody knows, ….
	Notes []string
}

// Discover finds the handlers of a tree. The tree's methods must be safe for concurrent use.
func Discover(t Tree, o Options) (*Project, error) { return new(Memory).Discover(t, o), nil }

// finder is one run of Discover. A look into one file is made by a copy that has a tree and a project of its own.
type finder struct {
	tree    Tree
	options Options
	modules *modules.Resolver
	files   []string
	listed  map[string]bool
	// scripts is how many scripts are listed, scriptDirs where they lie.
	scripts    int
	scriptDirs map[string]bool
	dirs       map[string]bool // folders with a listed file somewhere below
	project    *Project
	// sources are the files whose top level was read.
	sources *jsparse.Memo[*source]
	deployed
}

// probeLimit is how many files may be listed for deployment files to be looked for above them: who lists more has walked the tree.
const probeLimit = 64

func newFinder(t Tree, o Options) *finder {
	f := &finder{
		tree: t, options: o, modules: modules.New(t), listed: map[string]bool{}, scriptDirs: map[string]bool{}, dirs: map[string]bool{},
		project: &Project{}, sources: &jsparse.Memo[*source]{},
	}
	f.files = t.Files()
	for _, file := range f.files {
		f.listed[file] = true
		if isScript(file) {
			f.scripts++
			f.scriptDirs[dirOf(file)] = true
		}
		for dir := dirOf(file); dir != "" && !f.dirs[dir]; dir = dirOf(dir) {
			f.dirs[dir] = true
		}
	}
	f.deployed = newDeployed()
	return f
}

// exists tells whether a file is in the tree.
func (f *finder) exists(file string) bool {
	if f.listed[file] {
		return true
	}
	if f.scripts > probeLimit && f.scriptDirs[dirOf(file)] {
		return false
	}
	_, err := f.tree.Read(file)
	return err == nil
}

// script is the JavaScript or TypeScript file that stem names: itself, or with an ending; "" if there is none.
func (f *finder) script(stem string) string {
	if isScript(stem) && f.exists(stem) {
		return stem
	}
	for _, ext := range scriptExts() {
		if f.exists(stem + ext) {
			return stem + ext
		}
	}
	return ""
}

// note adds a sentence to the project's notes.
func (f *finder) note(text string) { f.project.Notes = append(f.project.Notes, text) }

// candidates are the files that may hold handlers.
func (f *finder) candidates() []string {
	var out []string
	for _, file := range f.files {
		if isScript(file) && (len(f.declared[file]) > 0 || !isTest(file)) {
			out = append(out, file)
		}
	}
	return out
}

// finish brings everything into its order and drops what was found twice or lies in files that were not asked about.
func (f *finder) finish() {
	f.project.Handlers = slices.DeleteFunc(f.project.Handlers, func(h *Handler) bool { return !f.listed[h.File] })
	slices.SortStableFunc(f.project.Handlers, func(a, b *Handler) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Entry.Span.Start, b.Entry.Span.Start), cmp.Compare(a.Name, b.Name))
	})
	f.project.Handlers = slices.CompactFunc(f.project.Handlers, func(a, b *Handler) bool {
		return a.File == b.File && a.Entry.Span == b.Entry.Span && a.Entry.Method == b.Entry.Method
	})
	f.finishSettings()
	slices.SortStableFunc(f.project.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Start, b.Place.Start))
	})
	slices.Sort(f.project.Notes)
	f.project.Notes = slices.Compact(f.project.Notes)
}

// mayHold is the cheap look at a file's text before it is parsed.
func (f *finder) mayHold(file string, text []byte) bool {
	if len(f.declared[file]) > 0 {
		return true
	}
	if !has(text, "export") {
		return registers(text)
	}
	if f.claim(file) != nil {
		return true
	}
	return registers(text) || f.exportsFunctions(file) ||
		has(text, "andler") && exportsHandlerByName(text) ||
		takesEnv(text) && has(text, "export default") && fetchesWithEnv.Match(text)
}

// takesEnv tells whether a text may pass `env` behind something else: most that hold the word do not.
func takesEnv(text []byte) bool {
	for rest := text; ; {
		i := bytes.Index(rest, []byte("env"))
		if i < 0 {
			return false
		}
		if bytes.HasSuffix(bytes.TrimRight(bytes.TrimRight(rest[:i], "_"), " \t\r\n\f"), []byte(",")) {
			return true
		}
		rest = rest[i+len("env"):]
	}
}

// fetchesWithEnv is a worker by the shape of its `fetch`.
var fetchesWithEnv = regexp.MustCompile(`\bfetch\b[^;{}]{0,120}\(\s*\w+[^,()]*,\s*_*env\b`)

// registers tells whether a file may register handlers with a framework.
func registers(text []byte) bool {
	return has(text, "functions") && registersFunctions(text) ||
		has(text, "respondWith(") && has(text, "addEventListener(")
}

func registersFunctions(text []byte) bool {
	return has(text, "@azure/functions") && has(text, "app.") ||
		has(text, "functions-framework") ||
		has(text, "firebase-functions")
}

func has(text []byte, word string) bool { return bytes.Contains(text, []byte(word)) }

// lineAt is the line of an offset, from 1.
func lineAt(text string, offset int) int {
	line := 1
	for i := range min(offset, len(text)) {
		if text[i] == '\n' {
			line++
		}
	}
	return line
}

// base is the file's name without folders and ending.
func base(file string) string { return trimExt(path.Base(file)) }
