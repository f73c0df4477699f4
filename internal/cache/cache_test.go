package cache

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// worker is the environment variable that makes the test binary use a cache until it is killed, or a number of times.
const worker = "CACHE_TEST_WORKER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(worker); dir != "" {
		work(dir)
		return
	}
	os.Exit(m.Run())
}

// work writes and reads results, and says what it saw that nobody wrote.
func work(dir string) {
	c, err := Open(dir)
	if err != nil {
		fmt.Println("cannot open:", err)
		return
	}
	for round := range 200 {
		for n := range 5 {
			k := KeyOf(fmt.Sprint("key", n))
			if got := c.Get(k); got != nil && !genuine(got, n) {
				fmt.Printf("result %d is %.60q\n", n, got)
			}
			c.Put(k, result(n, round))
		}
	}
}

// result is one of the texts that are written for a key.
func result(n, round int) []byte {
	return []byte(strings.Repeat(fmt.Sprintf("%d/%d ", n, round%7), 20_000+round%7))
}

func genuine(got []byte, n int) bool {
	for round := range 7 {
		if bytes.Equal(got, result(n, round)) {
			return true
		}
	}
	return false
}

// TestManyProcesses has several processes use one folder at the same time, and kills some of them in the middle.
func TestManyProcesses(t *testing.T) {
	dir := t.TempDir()
	var all []*exec.Cmd
	var said [6]bytes.Buffer
	for i := range said {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), worker+"="+dir)
		cmd.Stdout, cmd.Stderr = &said[i], &said[i]
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		all = append(all, cmd)
	}
	for i, cmd := range all {
		if i%2 == 0 {
			time.Sleep(15 * time.Millisecond)
			_ = cmd.Process.Kill() // it may be done
		}
	}
	for i, cmd := range all {
		if err := cmd.Wait(); err != nil && i%2 == 1 {
			t.Error(err)
		}
		if said[i].Len() > 0 {
			t.Errorf("process %d: %.300s", i, said[i].String())
		}
	}
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		if got := c.Get(KeyOf(fmt.Sprint("key", n))); got != nil && !genuine(got, n) {
			t.Errorf("result %d is %.60q", n, got)
		}
	}
}

// TestDamage holds that a result that was cut, changed or mixed up is taken for missing, and can be written again.
func TestDamage(t *testing.T) {
	k, other := KeyOf("a"), KeyOf("b")
	for name, damage := range map[string]func(text []byte) []byte{
		"cut":     func(text []byte) []byte { return text[:len(text)/2] },
		"changed": func(text []byte) []byte { return append(bytes.Clone(text[:len(text)-1]), text[len(text)-1]^1) },
		"empty":   func([]byte) []byte { return nil },
		"longer":  func(text []byte) []byte { return append(bytes.Clone(text), "more"...) },
	} {
		for _, end := range []string{"-a", "-d"} {
			c, err := Open(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			c.Put(k, []byte("a result"))
			files, _ := filepath.Glob(filepath.Join(c.dir, "??", "*"+end))
			if len(files) != 1 {
				t.Fatal(files)
			}
			text, err := os.ReadFile(files[0])
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(files[0], damage(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := c.Get(k); got != nil {
				t.Errorf("%s %s: %q", name, end, got)
			}
			if c.Get(other) != nil {
				t.Error("a result that nobody wrote")
			}
			c.Put(k, []byte("a result"))
			if got := c.Get(k); string(got) != "a result" {
				t.Errorf("%s %s, written again: %q", name, end, got)
			}
		}
	}
}

// TestBounded holds that a folder shrinks below its limit, that what was used last stays, and that one key has one result.
func TestBounded(t *testing.T) {
	c, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c.limit = 100_000
	for n := range 30 {
		c.Put(KeyOf("again"), result(n, 0)[:5000])
	}
	if size := sizeOf(t, c.dir); size > 6000 {
		t.Errorf("one key takes %d bytes", size)
	}
	for n := range 30 {
		c.Put(KeyOf(fmt.Sprint(n)), result(n, 0)[:10_000])
		at := time.Now().Add(time.Duration(n-100) * time.Hour)
		files, _ := filepath.Glob(filepath.Join(c.dir, "??", "*"))
		for _, f := range files {
			if info, err := os.Stat(f); err == nil && time.Since(info.ModTime()) < 30*time.Minute {
				_ = os.Chtimes(f, at, at) // the count below tells
			}
		}
	}
	c.shrink()
	if size := sizeOf(t, c.dir); size > c.limit || size < c.limit/3 {
		t.Errorf("%d bytes are left of a limit of %d", size, c.limit)
	}
	if c.Get(KeyOf("29")) == nil || c.Get(KeyOf("0")) != nil {
		t.Error("what was used last should stay, what was used first should go")
	}
	fits := sizeOf(t, c.dir)
	c.limit = fits
	c.shrink()
	if size := sizeOf(t, c.dir); size != fits {
		t.Errorf("%d bytes fit the limit, and only %d are left", fits, size)
	}
}

func sizeOf(t *testing.T, dir string) (size int64) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "??", "*"))
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	return size
}

// TestNowhere holds that a cache that cannot be is no cache, and that this does no harm.
func TestNowhere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"", file, filepath.Join(file, "below")} {
		c, err := Open(dir)
		if err == nil {
			t.Errorf("%q was opened", dir)
		}
		c.Put(KeyOf("a"), []byte("x"))
		if c.Get(KeyOf("a")) != nil {
			t.Error("a result from nowhere")
		}
	}
	t.Setenv(Variable, "off")
	if Folder("") != "" {
		t.Error("off is not off")
	}
	if Folder("named") != "named" {
		t.Error("a folder that is named is not taken")
	}
}

// TestBuild holds that the program has a name, which another folder gives it, too.
func TestBuild(t *testing.T) {
	var names []string
	for range 2 {
		c, err := Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, c.Build(), c.Build())
	}
	want, err := sumOf(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if name != string(want) {
			t.Errorf("the program is called %x, not %x", name, want)
		}
	}
}
