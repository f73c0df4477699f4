package changes

import (
	"bufio"
	"strings"
	"testing"
)

// TestObject holds that a name that reads like a header is not taken for one.
func TestObject(t *testing.T) {
	for answer, want := range map[string]string{
		"4b825dc blob 3\nabc\n":   "abc",
		":./a.js missing\n":       "",
		":./a b 3 missing\nabc\n": "",
		"4b825dc tree 3\nabc\n":   "",
	} {
		got, err := object(bufio.NewReader(strings.NewReader(answer)))
		if err != nil || string(got) != want || (want == "") != (got == nil) {
			t.Errorf("%q: got %q, %v", answer, got, err)
		}
	}
	if _, err := object(bufio.NewReader(strings.NewReader("4b825dc blob 9\nabc\n"))); err == nil {
		t.Error("an answer that is cut off is taken")
	}
}
