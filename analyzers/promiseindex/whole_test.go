package promiseindex

import (
	"io/fs"
	"strings"
	"testing"
)

// TestWhole reads every node of every file: all can be read, every edge leads to a node.
func TestWhole(t *testing.T) {
	index := Embedded()
	files, err := fs.Glob(index.files, "*.gz")
	if err != nil {
		t.Fatal(err)
	}
	lost := map[string]int{} // data without promises, mostly
	for _, name := range files {
		p, err := index.load(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if !strings.HasPrefix(name, strings.Replace(p.name, "/", "+", 1)+"@") {
			t.Errorf("%s is of %s", name, p.name)
		}
		for id := firstNode; id < firstNode+len(p.starts)-1; id++ {
			n := p.node(id)
			if n.marks&isReference != 0 && !index.foreign(n.pkg, n.key).Known() {
				lost[n.pkg+" "+n.key]++
			}
			for _, to := range edges(n) {
				if to > plain && p.bytesOf(to) == "" {
					t.Errorf("%s: node %d leads to %d, which is none", name, id, to)
				}
			}
		}
	}
	t.Logf("%d files, %d types that Node's file leaves out: %v", len(files), len(lost), lost)
	for _, key := range []string{"EventEmitter", "Response", "http.IncomingMessage", "http.ServerResponse", "net.Socket", "child_process.ChildProcess", "Stream.Readable"} {
		if lost["node "+key] > 0 || !index.foreign("node", key).Known() {
			t.Errorf("%s is not found in Node's file", key)
		}
	}
}

func edges(n node) []int {
	list := []int{n.awaited, n.element, n.index}
	for _, s := range append(n.calls, n.news...) {
		list = append(list, s.result)
		for _, f := range s.functions {
			list = append(list, f.args...)
		}
	}
	if n.marks&hasMembers == 0 {
		return list
	}
	r := n.members
	count := r.count()
	for range count {
		r.number()
	}
	for range count {
		list = append(list, r.number())
	}
	return list
}
