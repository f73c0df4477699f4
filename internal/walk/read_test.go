package walk_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/handlervet/handlervet/internal/walk"
)

func TestRead(t *testing.T) {
	for _, size := range []int{0, 1, 511, 512, 513, 4096, 1 << 20} {
		file := filepath.Join(t.TempDir(), "f")
		want := bytes.Repeat([]byte("x"), size)
		if err := os.WriteFile(file, want, 0o640); err != nil {
			t.Fatal(err)
		}
		text, stamp, err := walk.Read(file)
		if err != nil || !bytes.Equal(text, want) {
			t.Errorf("%d bytes: read %d, %v", size, len(text), err)
		}
		if alone, err := walk.StampOf(file); err != nil || alone != stamp || stamp.Size != int64(size) {
			t.Errorf("%d bytes: stamps %+v and %+v, %v", size, stamp, alone, err)
		}
	}
}

func TestReadFails(t *testing.T) {
	dir := t.TempDir()
	if _, _, err := walk.Read(filepath.Join(dir, "absent")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("absent: %v", err)
	}
	below := filepath.Join(dir, "file", "below")
	if err := os.WriteFile(filepath.Dir(below), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := walk.Read(below); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("below a file: %v", err)
	}
	if _, err := walk.StampOf(below); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the stamp of what is below a file: %v", err)
	}
	_, stamp, err := walk.Read(dir)
	var failed *fs.PathError
	if !errors.As(err, &failed) || !stamp.Mode.IsDir() {
		t.Errorf("a directory: %+v, %v", stamp, err)
	}
}

// Files of /proc have a size of 0 and a text.
func TestReadWithoutSize(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there is no /proc")
	}
	if text, _, err := walk.Read("/proc/self/status"); err != nil || !bytes.Contains(text, []byte("VmHWM:")) || !bytes.HasSuffix(text, []byte("\n")) {
		t.Errorf("read %q, %v", text, err)
	}
}
