package docs_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/handlervet/handlervet/internal/docs"
)

// TestIndexFresh holds docs/promise-index.md to the files of the index.
func TestIndexFresh(t *testing.T) {
	body, err := docs.IndexTable(os.DirFS(filepath.Join(top, "analyzers/promiseindex/data")))
	if err != nil {
		t.Fatal(err)
	}
	hold(t, filepath.Join(top, "docs/promise-index.md"), "packages", body)
}

func TestIndexTable(t *testing.T) {
	file := func(size int) *fstest.MapFile { return &fstest.MapFile{Data: make([]byte, size)} }
	got, err := docs.IndexTable(fstest.MapFS{"pg@8.gz": file(700), "twilio@10.gz": file(10), "twilio@5.gz": file(1000), "@aws-sdk+client-s3@3.gz": file(1)})
	want := `3 packages in 4 files, one a major version; 1 kB in all.

| package | major versions | size in bytes |
|---|---|--:|
| ` + "`@aws-sdk/client-s3`" + ` | 3 | 1 |
| ` + "`pg`" + ` | 8 | 700 |
| ` + "`twilio`" + ` | 5, 10 | 1010 |
`
	if err != nil || got != want {
		t.Errorf("got\n%s%v\nwant\n%s", got, err, want)
	}
	for _, bad := range []string{"pg.gz", "pg@x.gz", "@8.gz", "pg@8.txt"} {
		if _, err := docs.IndexTable(fstest.MapFS{bad: file(1)}); err == nil {
			t.Errorf("%s: no error", bad)
		}
	}
}
