package bundle

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// asksForPrivate finds the calls by which a Twilio function reaches files by name.
var asksForPrivate = regexp.MustCompile(`\bget(Functions|Assets)\s*\(`)

// privateName is how Twilio's toolkit tells private files from others.
var privateName = regexp.MustCompile(`\.private\.[^.]+$`)

// accessName is what comes behind the name that code asks by.
var accessName = regexp.MustCompile(`(\.private|\.protected)?\.[^./]+$`)

// loadable are the extensions of files that `require` can load.
var loadable = map[string]bool{".js": true, ".cjs": true, ".ts": true, ".json": true}

// maxPrivate bounds how many private files one handler is given.
const maxPrivate = 200

// Private finds what a Twilio function may ask for by name, relative to root: private functions and assets, and other functions
// that its text names. It is nil if the function asks for none.
//
// Source: twilio-labs/serverless-toolkit, packages/serverless-api, utils/fs.ts (a private file's name ends in `.private` before the extension).
func Private(root, file string) map[string]string {
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil || !asksForPrivate.Match(text) {
		return nil
	}
	base := base(file)
	out := map[string]string{}
	dirs := []string{"functions", "src/functions", "src", "assets", "src/assets"}
	if strings.HasPrefix(file, path.Join(base, "src")+"/") {
		dirs = []string{"src/functions", "src", "functions", "src/assets", "assets"}
	}
	for _, dir := range dirs {
		addPrivate(out, root, path.Join(base, dir), string(text), false)
	}
	for _, dir := range otherAssets(root, base) {
		addPrivate(out, root, dir, "", true)
	}
	return out
}

// otherAssets are the folders beside `functions` that may be deployed as assets: a project may name any (assetsFolderNames).
func otherAssets(root, base string) []string {
	entries, err := os.ReadDir(filepath.Join(root, filepath.FromSlash(base)))
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		name := e.Name()
		usual := name == "functions" || name == "assets" || name == "src" || name == "node_modules" || name == "dist"
		if e.IsDir() && !usual && !strings.HasPrefix(name, ".") {
			out = append(out, path.Join(base, name))
		}
	}
	return out
}

// base is the directory of the Twilio project: what holds the outermost `functions`, or `src` where its source is compiled.
func base(file string) string {
	parts := strings.Split(path.Dir(file), "/")
	for i, p := range parts {
		if p == "functions" || p == "src" && !slices.Contains(parts[:i], "functions") {
			return strings.TrimSuffix(path.Join(parts[:i]...), "/src")
		}
	}
	return path.Dir(file)
}

// addPrivate adds a folder's private files, by the names that code asks by, and of functions those that the asking text names.
func addPrivate(out map[string]string, root, dir, asking string, assets bool) {
	assets = assets || strings.HasSuffix(dir, "assets")
	top := filepath.Join(root, filepath.FromSlash(dir))
	_ = filepath.WalkDir(top, func(file string, d fs.DirEntry, err error) error { // a missing directory holds nothing
		if err == nil && d.IsDir() && d.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if err != nil || d.IsDir() || len(out) >= maxPrivate || !loadable[path.Ext(file)] {
			return nil
		}
		rel, err := filepath.Rel(top, file)
		if err != nil {
			return nil
		}
		name := accessName.ReplaceAllString(filepath.ToSlash(rel), "")
		switch private := privateName.MatchString(d.Name()); {
		case assets && !private, !private && !strings.Contains(asking, name):
			return nil
		case assets:
			name = "/" + name + path.Ext(file)
		}
		if out[name] != "" {
			return nil // the folder before it has it
		}
		out[name] = path.Join(dir, filepath.ToSlash(rel))
		return nil
	})
}
