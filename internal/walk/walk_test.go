package walk

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// tree writes files (a name ending in / is a directory, `a -> b` a link) and returns their directory.
func tree(t *testing.T, names ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range names {
		name, text, _ := strings.Cut(name, "=")
		file, target, isLink := strings.Cut(name, " -> ")
		abs := filepath.Join(root, file)
		if err := os.MkdirAll(filepath.Dir(abs), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		switch {
		case isLink:
			err = os.Symlink(target, abs)
		case strings.HasSuffix(name, "/"):
			err = os.MkdirAll(abs, 0o755)
		default:
			err = os.WriteFile(abs, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestWalk(t *testing.T) {
	tests := []struct {
		name  string
		files []string
		paths []string
		globs []string
		want  string
	}{
		{"everything", []string{"a.js", "b/c.ts", "b/d.yml"}, nil, nil, "a.js b/c.ts b/d.yml"},
		{"gitignore", []string{".gitignore=*.gen.js\n/dist\nbuild/\n# c\n!keep.gen.js\n", "a.gen.js", "keep.gen.js", "dist/x.js", "b/dist/x.js", "b/build/x.js", "build"},
			nil, nil, ".gitignore b/dist/x.js build keep.gen.js"},
		{"kinds of patterns", []string{".gitignore=[Bb]in/\n*.py[cod]\n**/deep/*.log\n/a/*/gen\ntmp*.js\n\\!odd.js\nx/**\n**/[Pp]kg/*\n", "Bin/x.js", "bin", "b/bin/y.js", "q.pyc", "c/deep/x.log", "c/x.log",
			"a/b/gen/z.js", "a/gen/z.js", "tmp1.js", "atmp.js", "!odd.js", "x/y/z.js", "q/Pkg/u.js", "Pkg/u.js", "Pkgs/u.js"}, nil, nil, ".gitignore Pkgs/u.js a/gen/z.js atmp.js bin c/x.log"},
		{"nested gitignore", []string{"b/.gitignore=x.js\n", "x.js", "b/x.js", "b/c/x.js"}, nil, nil, "b/.gitignore x.js"},
		{"gitignore above the path", []string{".gitignore=gen\r\n", "b/gen/x.js", "b/y.js"}, []string{"b"}, nil, "b/y.js"},
		{"a named file is never ignored", []string{".gitignore=x.js\n", "x.js"}, []string{"x.js"}, nil, "x.js"},
		{"packages and bundles", []string{"node_modules/p/i.js", "b/node_modules/p/i.js", "a.min.js", ".git/hooks/x.js", "c.js"}, nil, nil, "c.js"},
		{"globs", []string{"test/a.js", "b/a.spec.js", "b/a.js"}, nil, []string{"test/**", "**/*.spec.js"}, "b/a.js"},
		{"a glob for a directory", []string{"test/a.js", "b/test/a.js"}, nil, []string{"test/"}, "b/test/a.js"},
		{"link loop", []string{"b/a.js", "b/up -> ..", "self.yml -> self.yml"}, nil, nil, "b/a.js"},
		{"link inside the tree", []string{"a.js", "b.js -> a.js"}, nil, nil, "a.js"},
		{"twice", []string{"b/a.js"}, []string{"b", "b/a.js", "."}, nil, "b/a.js"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := tree(t, tt.files...)
			var paths []string
			for _, p := range tt.paths {
				paths = append(paths, filepath.Join(root, p))
			}
			got := Walk(Options{Root: root, Paths: paths, Ignore: tt.globs})
			if s := strings.Join(got.Files, " "); s != tt.want {
				t.Errorf("got  %s\nwant %s", s, tt.want)
			}
			if len(got.Problems) > 0 {
				t.Errorf("problems: %v", got.Problems)
			}
		})
	}
}

func TestProblems(t *testing.T) {
	root := tree(t, "a.js", "gone.js -> nowhere.js", "gone.txt -> nowhere")
	got := Walk(Options{Root: root, Paths: []string{root, filepath.Join(root, "missing")}})
	var names []string
	for _, p := range got.Problems {
		names = append(names, p.Path)
	}
	if want := []string{"gone.js", "missing"}; !reflect.DeepEqual(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	if want := []string{"a.js"}; !reflect.DeepEqual(got.Files, want) {
		t.Errorf("got %v, want %v", got.Files, want)
	}
}

func TestLinkOutOfTheTree(t *testing.T) {
	outside := filepath.Join(tree(t, "x.js"), "x.js")
	root := tree(t, "a.js", "b.js -> "+outside)
	if got := strings.Join(Walk(Options{Root: root}).Files, " "); got != "a.js b.js" {
		t.Errorf("got %s", got)
	}
	around := Walk(Options{Root: root, Paths: []string{filepath.Join(root, "a.js")}}).Around
	if got := strings.Join(around, " "); got != "b.js" {
		t.Errorf("around it: %s", got)
	}
}

func TestAround(t *testing.T) {
	root := tree(t, "serverless.yml", "svc/package.json", "svc/assets/a.txt", "svc/functions/x.js", "svc/functions/y.js", "other/z.js")
	got := Walk(Options{Root: root, Paths: []string{filepath.Join(root, "svc/functions/x.js")}})
	want := "serverless.yml svc/assets/a.txt svc/functions/y.js svc/package.json"
	if s := strings.Join(got.Around, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	got = Walk(Options{Root: root, Paths: []string{filepath.Join(root, "svc/functions/x.js")}, Closed: true})
	if s := strings.Join(got.Around, " "); s != "other/z.js "+want {
		t.Errorf("closed: got %s", s)
	}
	if whole := Walk(Options{Root: root}); len(whole.Around) > 0 {
		t.Errorf("around everything: %v", whole.Around)
	}
}

func TestRoot(t *testing.T) {
	root := tree(t, ".git/", "a/b/x.js", "c/.handlervet.yml", "c/d/")
	outside := tree(t, "y.js")
	for dir, want := range map[string]string{"a/b": "", "c/d": "c", "": ""} {
		if got := Root(filepath.Join(root, dir)); got != filepath.Join(root, want) {
			t.Errorf("Root(%q) = %q", dir, got)
		}
	}
	if got := RootOf(filepath.Join(root, "a"), []string{filepath.Join(outside, "y.js")}); got != outside {
		t.Errorf("RootOf outside = %q, want %q", got, outside)
	}
}

func TestMinified(t *testing.T) {
	code := strings.Repeat("function a(b,c){return b(c)};", 4000)
	for name, tt := range map[string]struct {
		text string
		want bool
	}{
		"bundle":     {code, true},
		"small":      {code[:2000], false},
		"lines":      {strings.ReplaceAll(code, ";", ";\n"), false},
		"data url":   {"const a = 1;\nconst img = '" + strings.Repeat("QUJD", 30000) + "';\nf(img);\n", false},
		"empty file": {"", false},
	} {
		if got := Minified([]byte(tt.text)); got != tt.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func BenchmarkWalk(b *testing.B) {
	for b.Loop() {
		Walk(Options{Root: filepath.Join("..", "..")})
	}
}
