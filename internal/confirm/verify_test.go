package confirm

import (
	"context"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

// TestVerify offers changes of a handler that forgets to answer.
func TestVerify(t *testing.T) {
	const body = `const client = context.getTwilioClient();
client.messages.create({ to: event.to }).then((m) => callback(null, m.sid)).catch((e) => {
  console.error(e);
});`
	for _, c := range []struct {
		name, replace, by string
		holds             bool
		text              string
	}{
		{"it answers", "console.error(e);", "console.error(e);\n  callback(e);", true, "with this change every explored run completes"},
		{"lines before it", "const client", "// one\n// two\nconst client", false, "with this change a run still shows it"},
		{"it helps nothing", "console.error(e);", "console.warn(e);", false, "with this change a run still shows it"},
		{"it answers twice", "console.error(e);", "callback(e); callback(e);", false, "with this change a run shows: double-completion"},
		{"the others break", "callback(null, m.sid)", "undefined", false, "with this change a run still shows it"},
		{"it parses no more", "console.error(e);", "console.error(", false, "it cannot be bundled"},
	} {
		t.Run(c.name, func(t *testing.T) {
			task := handlerTask(t, body)
			text, err := task.text("f.js")
			if err != nil {
				t.Fatal(err)
			}
			at := func(s string) flow.Range {
				i := strings.Index(text, s)
				return flow.Range{File: "f.js", Start: i, End: i + len(s)}
			}
			task.Claims[0].Range = at("console.error(e);")
			task.Claims[0].Fixes = [][]rules.Edit{{{Range: at(c.replace), Text: c.by}}}
			r := Judge(context.Background(), task)[0]
			if r.Verdict != Confirmed || len(r.Fixes) != 1 {
				t.Fatal(r)
			}
			if got := r.Fixes[0]; got.Holds != c.holds || !strings.HasPrefix(got.Text, c.text) {
				t.Errorf("%v %q", got.Holds, got.Text)
			}
		})
	}
}

// TestVerified: what does not hold is no longer offered as safe, and what nobody ran stays as it was.
func TestVerified(t *testing.T) {
	fixes := []rules.Fix{{Title: "unsafe"}, {Title: "good", Safe: true}, {Title: "bad", Safe: true}, {Title: "unseen", Safe: true}}
	got := verified(fixes, []Fixed{{true, "it completes"}, {false, "it does not"}})
	for i, want := range []rules.Fix{
		{Title: "unsafe"}, {Title: "good", Safe: true, Verification: "verified: it completes"},
		{Title: "bad", Verification: "not verified: it does not"}, {Title: "unseen", Verification: "not verified"},
	} {
		if got[i].Safe != want.Safe || got[i].Verification != want.Verification {
			t.Errorf("%s: safe %v, %q", want.Title, got[i].Safe, got[i].Verification)
		}
	}
	if fixes[2].Verification != "" {
		t.Error("the findings handed in were changed")
	}
}
