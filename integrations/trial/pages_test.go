package trial

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// maxLines is how long the page of an integration may be: who has to read more than that copies something else.
const maxLines = 20

var link = regexp.MustCompile(`\]\(([^)#\s]+)\)`)

// TestPages holds that each integration's page is short and that the files it tells users to copy are there.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(Top(t), "integrations", "*", "README.md"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(filepath.Dir(page))
		if n := strings.Count(string(text), "\n"); n > maxLines {
			t.Errorf("the page of %s has %d lines, more than %d", name, n, maxLines)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil && !strings.Contains(m[1], "://") {
				t.Errorf("the page of %s links to %s: %v", name, m[1], err)
			}
		}
	}
}
