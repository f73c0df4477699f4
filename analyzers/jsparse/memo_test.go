package jsparse

import "testing"

func TestMemo(t *testing.T) {
	var m Memo[int]
	looks := 0
	look := func(string, *File) int { looks++; return looks }
	one, two := &File{}, &File{}
	for i, step := range []struct {
		tree *File
		want int
	}{{one, 1}, {one, 1}, {two, 2}, {two, 2}, {one, 3}} {
		if got := m.Of("a.js", step.tree, look); got != step.want {
			t.Errorf("step %d: %d, want %d", i, got, step.want)
		}
	}
	if got := m.Of("b.js", one, look); got != 4 {
		t.Errorf("another file: %d, want 4", got)
	}
}
