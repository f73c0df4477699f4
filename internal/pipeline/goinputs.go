package pipeline

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	"github.com/handlervet/handlervet/internal/walk"
)

// goInputs are all that the answers of the Go rules rest on besides the options: the sources below the modules' directories, also those
// that are not checked, the modules that replace others, the go command with its settings, and which dependencies are on this machine.
type goInputs struct {
	// About is a sum of settings and names; Files are the files whose text counts.
	About string
	Files []fileState
}

// goInputsOf collects them; nil if there is no Go code.
func goInputsOf(o *Options, checked []string) *goInputs {
	about, names := goNames(o, checked)
	if names == nil {
		return nil
	}
	in := &goInputs{About: about, Files: make([]fileState, len(names))}
	inParallel(len(names), func(i int) { in.Files[i] = stateOf(o.Root, names[i], nil) })
	return in
}

// hold tells whether nothing has changed.
func (in *goInputs) hold(o *Options, checked []string) bool {
	about, names := goNames(o, checked)
	if in == nil || names == nil {
		return in == nil && names == nil
	}
	if about != in.About {
		return false
	}
	ok, _ := stillHolds(o.Root, in.Files)
	return ok
}

// sum is a name for all of it.
func (in *goInputs) sum() string {
	var b strings.Builder
	b.WriteString(in.About)
	for _, f := range in.Files {
		fmt.Fprintf(&b, "%q %d %q\n", f.Name, f.Kind, f.Sum)
	}
	return b.String()
}

// goNames are the names of the files that count, sorted, and a sum of all else.
func goNames(o *Options, checked []string) (about string, names []string) {
	if !slices.ContainsFunc(checked, func(name string) bool { return strings.HasSuffix(name, ".go") }) {
		return "", nil
	}
	s := &goScan{root: o.Root, seen: map[string]bool{}, climbed: map[string]bool{}, all: map[string]bool{}, sources: map[string]bool{}}
	for _, name := range checked {
		switch {
		case path.Base(name) == "go.mod":
			s.module(path.Dir(name))
		case strings.HasSuffix(name, ".go"):
			s.file(name)
		}
	}
	s.strays(checked)
	for _, name := range checked {
		if concernsGo(name) {
			s.above(filepath.Dir(walk.Abs(s.root, name)))
		}
	}
	s.workspace(os.Getenv("GOWORK"))
	s.settings()
	var b strings.Builder
	fmt.Fprintf(&b, "%q\n%q\n", slices.Sorted(maps.Keys(s.all)), s.environment)
	return sum([]byte(b.String())), slices.Sorted(maps.Keys(s.sources))
}

// goScan collects names.
type goScan struct {
	root        string
	seen        map[string]bool // directories of modules
	climbed     map[string]bool // directories in which what lies above others was looked for
	all         map[string]bool // what is there, whatever its text
	sources     map[string]bool
	environment []string
}

// module takes all files below the directory of a module, those of modules that replace others, and the dependencies that are on this machine.
func (s *goScan) module(dir string) {
	dir = path.Clean(dir)
	if s.seen[dir] {
		return
	}
	s.seen[dir] = true
	_ = filepath.WalkDir(walk.Abs(s.root, dir), func(file string, e fs.DirEntry, err error) error { // what cannot be read is not there
		switch {
		case err != nil:
			return nil
		case e.IsDir() && (e.Name() == ".git" || e.Name() == "node_modules"):
			return filepath.SkipDir
		case !e.IsDir():
			s.file(s.relative(file))
		}
		return nil
	})
	name := path.Join(dir, "go.mod")
	s.sources[name], s.sources[path.Join(dir, "go.sum")] = true, true
	text, err := os.ReadFile(walk.Abs(s.root, name))
	if err != nil {
		return
	}
	if mod, err := modfile.Parse(name, text, nil); err == nil { // one that cannot be parsed, the go command refuses
		s.dependencies(dir, mod)
	}
	if text, err := os.ReadFile(walk.Abs(s.root, path.Join(dir, "go.sum"))); err == nil {
		for line := range strings.Lines(string(text)) {
			if f := strings.Fields(line); len(f) == 3 {
				s.downloaded(f[0], f[1])
			}
		}
	}
}

func (s *goScan) dependencies(dir string, mod *modfile.File) {
	for _, r := range mod.Require {
		s.downloaded(r.Mod.Path, r.Mod.Version)
	}
	for _, r := range mod.Replace {
		if r.New.Version != "" {
			s.downloaded(r.New.Path, r.New.Version)
			continue
		}
		at := filepath.ToSlash(r.New.Path)
		if !path.IsAbs(at) {
			at = path.Join(dir, at)
		}
		s.module(s.relative(walk.Abs(s.root, at)))
	}
}

// downloaded notes whether a version of a module is on this machine.
func (s *goScan) downloaded(name, version string) {
	version, onlyMod := strings.CutSuffix(version, "/go.mod")
	escaped, err := module.EscapePath(name)
	escapedVersion, err2 := module.EscapeVersion(version)
	if err != nil || err2 != nil {
		return
	}
	end := ".zip"
	if onlyMod {
		end = ".mod"
	}
	file := filepath.Join(moduleCache(), "cache", "download", filepath.FromSlash(escaped), "@v", escapedVersion+end)
	if exists(file) {
		s.all[file] = true
	}
}

// file records a file by its extension.
func (s *goScan) file(name string) {
	s.all[name] = true
	switch path.Ext(name) {
	case ".go", ".mod", ".sum", ".work", ".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", ".s", ".S", ".m", ".mm", ".swig", ".syso":
		s.sources[name] = true
	}
	if strings.HasSuffix(name, "vendor/modules.txt") {
		s.sources[name] = true
	}
}

func (s *goScan) relative(file string) string {
	rel, err := filepath.Rel(s.root, file)
	if err != nil {
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}

// above takes what is looked for from a directory upwards: go.work with the modules that it uses, and vercel.json.
func (s *goScan) above(dir string) {
	for ; !s.climbed[dir]; dir = filepath.Dir(dir) {
		s.climbed[dir] = true
		s.workspace(filepath.Join(dir, "go.work"))
		if file := filepath.Join(dir, "vercel.json"); exists(file) {
			s.all[file] = true
		}
	}
}

// workspace takes a go.work, which need not be there.
func (s *goScan) workspace(file string) {
	if !filepath.IsAbs(file) {
		return
	}
	name := s.relative(file)
	s.sources[name], s.sources[name+".sum"] = true, true
	text, err := os.ReadFile(file)
	if err != nil {
		return
	}
	work, err := modfile.ParseWork(name, text, nil)
	if err != nil {
		return
	}
	for _, u := range work.Use {
		at := filepath.FromSlash(u.Path)
		if !filepath.IsAbs(at) {
			at = filepath.Join(filepath.Dir(file), at)
		}
		s.module(s.relative(at))
	}
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// settings are what the go command reads of the environment, where it lies and what it is.
func (s *goScan) settings() {
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		if strings.HasPrefix(name, "GO") || strings.HasPrefix(name, "CGO_") || slices.Contains([]string{"PATH", "HOME", "CC", "CXX", "PKG_CONFIG"}, name) {
			s.environment = append(s.environment, v)
		}
	}
	slices.Sort(s.environment)
	if tool, err := exec.LookPath("go"); err == nil {
		stamp, _ := walk.StampOf(tool) // one that is gone has none
		s.environment = append(s.environment, fmt.Sprint(tool, stamp))
	}
	if user, err := os.UserConfigDir(); err == nil {
		s.sources[filepath.ToSlash(cmp.Or(os.Getenv("GOENV"), filepath.Join(user, "go", "env")))] = true
	}
}

// moduleCache is where the go command keeps what it downloads, unless its own settings file names another place.
func moduleCache() string {
	if dir := os.Getenv("GOMODCACHE"); dir != "" {
		return dir
	}
	list := append(filepath.SplitList(goPath()), "")
	return filepath.Join(list[0], "pkg", "mod")
}

// strays takes what files without a module may import, which nobody lists: results that may rest on that never hold.
func (s *goScan) strays(checked []string) {
	stray := slices.ContainsFunc(checked, func(name string) bool {
		return strings.HasSuffix(name, ".go") && !s.inModule(name)
	})
	for _, dir := range filepath.SplitList(goPath()) {
		if src := filepath.Join(dir, "src"); stray && exists(src) {
			s.environment = append(s.environment, fmt.Sprint(src, time.Now().UnixNano()))
		}
	}
}

func (s *goScan) inModule(name string) bool {
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		if s.seen[dir] || dir == "." || dir == "/" {
			return s.seen[dir]
		}
	}
}

// goPath is where code without modules lies.
func goPath() string {
	home, _ := os.UserHomeDir() // without one, nothing is there
	return cmp.Or(os.Getenv("GOPATH"), filepath.Join(home, "go"))
}
