package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
	"github.com/handlervet/handlervet/rules/all"
)

// built is the site: its folder, and the text of its pages by name.
func built(t *testing.T) (dir string, pages map[string]string) {
	t.Helper()
	t.Chdir(trial.Top(t))
	dir = t.TempDir()
	if err := run(trial.Binary(t), dir); err != nil {
		t.Fatal(err)
	}
	pages = map[string]string{}
	err := filepath.WalkDir(dir, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".html" {
			return err
		}
		text, err := os.ReadFile(file)
		rel, _ := filepath.Rel(dir, file)
		pages[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir, pages
}

func TestSite(t *testing.T) {
	if testing.Short() {
		t.Skip("builds handlervet")
	}
	dir, pages := built(t)
	t.Run("links", func(t *testing.T) { links(t, dir, pages) })
	t.Run("rules", func(t *testing.T) {
		for _, r := range all.Rules() {
			text := pages["rules/"+r.Name+".html"]
			if !strings.Contains(text, `<pre class="said"`) || !strings.Contains(text, "["+r.Name+"]") {
				t.Errorf("the page of %s does not show what handlervet says", r.Name)
			}
		}
	})
	t.Run("navigation", func(t *testing.T) {
		for name, text := range pages {
			if !strings.Contains(text, `aria-current="true"`) {
				t.Errorf("%s belongs to no entry of the navigation", name)
			}
		}
	})
	t.Run("no scripts", func(t *testing.T) {
		for name, text := range pages {
			if strings.Contains(text, "<script") || !strings.HasPrefix(text, "<!doctype html>") {
				t.Errorf("%s", name)
			}
		}
	})
	t.Run("phone", func(t *testing.T) { phone(t, dir, pages) })
}

var (
	href   = regexp.MustCompile(` href="([^"]*)"`)
	anchor = regexp.MustCompile(` id="([^"]*)"`)
)

// links holds that every link inside the site leads to a page, and to a place on it.
func links(t *testing.T, dir string, pages map[string]string) {
	places := map[string]bool{}
	for name, text := range pages {
		for _, m := range anchor.FindAllStringSubmatch(text, -1) {
			places[name+"#"+m[1]] = true
		}
	}
	checked, reached := 0, map[string]bool{"index.html": true}
	for name, text := range pages {
		for _, m := range href.FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "data:") {
				continue
			}
			checked++
			file, place, _ := strings.Cut(m[1], "#")
			to := name
			if file != "" {
				to = path.Join(path.Dir(name), file)
			}
			reached[to] = true
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(to))); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if place != "" && !places[to+"#"+place] {
				t.Errorf("%s leads to %s, which has no place %s", name, to, place)
			}
		}
	}
	for name := range pages {
		if !reached[name] {
			t.Errorf("nothing leads to %s", name)
		}
	}
	if checked < 100 || len(pages) < 30 {
		t.Errorf("only %d links on %d pages", checked, len(pages))
	}
}

// phone looks at all pages in a real browser, 390 pixels wide: none may be wider than that.
func phone(t *testing.T, dir string, pages map[string]string) {
	browser := trial.Tool(t, "chromium")
	var frames strings.Builder
	for name := range pages {
		fmt.Fprintf(&frames, "<iframe width=390 height=800 src=%q></iframe>\n", "/"+name)
	}
	const script = `<script>onload = () => { document.title = 'seen'; document.body.append([...document.querySelectorAll('iframe')].map((f) =>
	'page ' + f.contentWindow.location.pathname + ' is ' + f.contentDocument.documentElement.scrollWidth + ' wide').join('\n')); }</script>`
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(dir)))
	mux.HandleFunc("/frames", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, "<!doctype html><style>iframe{border:0}</style><body>"+frames.String()+script)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	home := t.TempDir()
	said := trial.Must(t, dir, []string{"HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_CACHE_HOME=" + home}, browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
		"--no-proxy-server", "--user-data-dir="+home, "--virtual-time-budget=20000", "--dump-dom", server.URL+"/frames")
	seen := 0
	for _, m := range regexp.MustCompile(`page (\S+) is (\d+) wide`).FindAllStringSubmatch(said, -1) {
		seen++
		if m[2] != "390" {
			t.Errorf("%s is %s pixels wide, not 390", m[1], m[2])
		}
	}
	if seen != len(pages) {
		t.Errorf("the browser told of %d pages, there are %d:\n%s", seen, len(pages), said)
	}
}

func TestDeadLink(t *testing.T) {
	p := &page{name: "a.html", source: "README.md", markdown: "# A\n\n[x](nowhere.md)\n"}
	if _, err := newSite(trial.Top(t), []*page{p}).convert(p); err == nil || !strings.Contains(err.Error(), "nowhere.md leads nowhere") {
		t.Errorf("got %v", err)
	}
}

func TestPaint(t *testing.T) {
	for text, want := range map[string]string{
		"a.js:1:2: it <hangs> [missing-completion]\n": `<span><i class="place">a.js:1:2:</i> <b>it &lt;hangs&gt;</b> <i class="rule">[missing-completion]</i>` + "\n</span>",
		"4 | x()\n":      `<span class="excerpt"><i class="place">4 | </i>x()` + "\n</span>",
		"  | ^~~\n":      `<span class="excerpt"><i class="place">  | </i><i class="mark">^~~</i>` + "\n</span>",
		"  help: x\n":    `<span>  <i class="advice">help:</i> x` + "\n</span>",
		"  1. a.js:1: x": `<span>  <i class="place">1.</i> a.js:1: x` + "\n</span>",
	} {
		if got := said(text); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"f('//'); // x\n": `f(<i class="string">&#39;//&#39;</i>); <i class="comment">// x</i>` + "\n",
		"`a` /* b */ <c>": "<i class=\"string\">`a`</i> <i class=\"comment\">/* b */</i> &lt;c&gt;",
	} {
		if got := program("js", text); got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
	if got, want := program("yaml", "a: b # c\nd: '#'\n"), `a: b<i class="comment"> # c</i>`+"\nd: <i class=\"string\">&#39;#&#39;</i>\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
