package promiseindex_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"testing"
	"testing/fstest"

	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

func unzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func zipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func indexOf(data []byte) *promiseindex.Index {
	return promiseindex.New(fstest.MapFS{"pg@8.gz": {Data: data}})
}

func TestCorrupt(t *testing.T) {
	good := file(t, "pg@8.gz")
	plain := unzipped(t, good)
	for name, data := range map[string][]byte{
		"empty":       nil,
		"no gzip":     []byte("hvpi2\n"),
		"cut short":   good[:len(good)/2],
		"other magic": zipped(t, append([]byte("hvpi1\n"), plain[6:]...)),
		"only magic":  zipped(t, plain[:6]),
		"half":        zipped(t, plain[:len(plain)/2]),
		"a byte more": zipped(t, append(bytes.Clone(plain), 0)),
	} {
		var corrupt *promiseindex.CorruptError
		if _, err := indexOf(data).Open("pg", ""); !errors.As(err, &corrupt) {
			t.Errorf("%s: %v, want a CorruptError", name, err)
		}
	}
}

// FuzzDecode damages a file: it may be refused or say anything, but must not take the process down.
func FuzzDecode(f *testing.F) {
	plain := unzipped(f, file(f, "pg@8.gz"))
	f.Add(plain)
	for i := 0; i < len(plain); i += 40 {
		damaged := bytes.Clone(plain)
		damaged[i] ^= 0x55
		f.Add(damaged)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := indexOf(zipped(t, data)).Open("pg", "")
		if err != nil {
			return
		}
		s := m.Require()
		for range 20 {
			for _, name := range []string{"Client", "Pool", "query", "connect", "on"} {
				if next, ok := s.Member(name); ok {
					s = next
				}
			}
			s.Element()
			s = s.New(promiseindex.ValueArgument()).Value
			s = s.Call(promiseindex.FunctionArgument(), promiseindex.AnyArgument()).Value.Awaited()
		}
	})
}
