package bundle

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// asksForPrivate finds the calls by which a Twilio function reaches files by name.
var asksForPrivate = regexp.MustCompile(`\bget(Functions|Assets)\s*\(`)

// privateName is how Twilio's toolkit tells private files from others.
var privateName = regexp.MustCompile(`\.private\.[^.]+$`)

// maxPrivate bounds how many private files one handler is given.
const maxPrivate = 200

// Private finds the private functions and assets that a Twilio function may ask for by name, relative to root. It is
// nil if the function asks for none.
//
// Source: twilio-labs/serverless-toolkit, packages/serverless-api, utils/fs.ts (a private file's name ends in `.private` before the extension).
func Private(root, file string) map[string]string {
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil || !asksForPrivate.Match(text) {
		return nil
	}
	base := base(file)
	out := map[string]string{}
	for _, dir := range []string{"functions", "src/functions", "assets", "src/assets"} {
		addPrivate(out, root, path.Join(base, dir))
	}
	return out
}

// base is the directory of the Twilio project: what holds the outermost `functions`.
func base(file string) string {
	parts := strings.Split(path.Dir(file), "/")
	for i, p := range parts {
		if p == "functions" {
			return strings.TrimSuffix(path.Join(parts[:i]...), "/src")
		}
	}
	return path.Dir(file)
}

func addPrivate(out map[string]string, root, dir string) {
	top := filepath.Join(root, filepath.FromSlash(dir))
	_ = filepath.WalkDir(top, func(file string, d fs.DirEntry, err error) error { // a missing directory holds nothing
		if err != nil || d.IsDir() || !privateName.MatchString(d.Name()) || len(out) >= maxPrivate {
			return nil
		}
		rel, err := filepath.Rel(top, file)
		if err != nil {
			return nil
		}
		name := privateName.ReplaceAllString(filepath.ToSlash(rel), "")
		if ext := path.Ext(file); ext != ".js" && ext != ".ts" || strings.Contains(dir, "assets") {
			name = "/" + name + ext
		}
		out[name] = path.Join(dir, filepath.ToSlash(rel))
		return nil
	})
}
