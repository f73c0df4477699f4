package confirm

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// FuzzTasks says anything to the child: it answers each claim of what it understands, and ends with an error at what it does not.
func FuzzTasks(f *testing.F) {
	root := f.TempDir()
	if err := os.WriteFile(filepath.Join(root, "f.js"), []byte("exports.handler = (c, e, cb) => { if (e.x) cb(); };\n"), 0o600); err != nil {
		f.Fatal(err)
	}
	const claim = `{"rule":"missing-completion","range":{"File":"f.js","Start":18,"End":40}}`
	for _, seed := range []string{
		"", "\n", "{}\n", "null\n", "[]", "{\"claims\":[{}]}\n", "{\"contract\":\"twilio\",\"claims\":[{},{}]}\n{}\n", "\x00\xff\n",
		`{"file":"f.js","export":"handler","line":1,"contract":"twilio","claims":[` + claim + `]}` + "\n",
		`{"file":"f.js","export":"handler","line":-5,"budgetMS":-1,"contract":"twilio","claims":[` + strings.Replace(claim, "18", "-9", 1) + `,{"rule":"double-completion","whole":true}]}`,
		`{"file":"f.js","export":"handler","line":1,"contract":"twilio","test":"../..","claims":[` + claim + `]}` + "\n",
		`{"file":"../../f.js","export":"handler","line":1,"contract":"lambda.cb","overlay":{"../../f.js":"exports.handler = 1"},"claims":[` + claim + `]}` + "\n",
		`{"file":"f.js","export":"a.b[0]","method":"__proto__","line":9,"contract":"azure.v4","claims":[{"rule":"bad-result","range":{"File":"f.js","Start":9999,"End":1},"fixes":[[{"Range":{"File":"f.js","Start":5,"End":2},"Text":"x"}]]}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, said []byte) {
		said = inside(root, said)
		var out bytes.Buffer
		err := converse(bytes.NewReader(said), &out)
		claims := 0
		for line := range bytes.Lines(said) {
			var task Task
			if json.Unmarshal(line, &task) != nil {
				break
			}
			claims += len(task.Claims)
		}
		lines := bytes.Split(bytes.TrimSuffix(out.Bytes(), []byte("\n")), []byte("\n"))
		for _, line := range lines {
			var r reply
			if len(line) > 0 && (json.Unmarshal(line, &r) != nil || !r.valid()) {
				t.Errorf("the child says %q", line)
			}
		}
		if got := bytes.Count(out.Bytes(), []byte("\n")); err == nil && got != claims {
			t.Errorf("%d answers to %d claims", got, claims)
		}
	})
}

// inside keeps tasks in a folder: what they name lies there.
func inside(root string, said []byte) []byte {
	var out []byte
	for line := range bytes.Lines(said) {
		var task map[string]any
		if json.Unmarshal(line, &task) == nil && task != nil {
			for key := range task {
				if strings.EqualFold(key, "root") {
					delete(task, key)
				}
			}
			task["root"] = root
			line, _ = json.Marshal(task) // it was JSON
			line = append(line, '\n')
		}
		out = append(out, line...)
	}
	return out
}

// FuzzReplies lets the child say anything: what reaches the findings is what there is to say.
func FuzzReplies(f *testing.F) {
	for _, seed := range []string{
		"", "\n", "{}\n", "null\n", `{"claim":0,"result":{"verdict":"confirmed"}}` + "\n", `{"claim":7,"result":{"verdict":"refuted"}}` + "\n",
		`{"claim":-1,"result":{"verdict":"confirmed"}}` + "\n", `{"claim":0,"result":{"verdict":"certain"}}` + "\n", `{"claim":0,"result":{"verdict":"confirmed","runs":-1}}`,
		`{"claim":0,"result":{"verdict":"confirmed","fixes":[{"holds":true},{"holds":true}]}}` + "\n" + strings.Repeat("x", 70_000),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, said []byte) {
		c := &child{replies: make(chan reply)}
		go c.listen(bytes.NewReader(said))
		for r := range c.replies {
			if !r.valid() {
				t.Errorf("%+v reached the findings", r)
			}
		}
	})
}

// TestNonsense: a child that answers out of turn, says what there is not, or never ends a line, leaves its findings unconfirmed.
func TestNonsense(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{
		"hello\n", `{"claim":3,"result":{"verdict":"confirmed"}}` + "\n", `{"claim":0,"result":{"verdict":"certain"}}` + "\n", strings.Repeat("x", 1<<16), "{",
	} {
		w := &worker{command: []string{self, parrot, said}, timeout: 10 * time.Second}
		got := w.run(context.Background(), handlerTask(t, ""))[0]
		w.stop()
		if got.Verdict != Unconfirmed || got.Reason == "" {
			t.Errorf("%.20q: %s %q", said, got.Verdict, got.Reason)
		}
	}
}
