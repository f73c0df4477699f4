package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/handlervet/handlervet/internal/confirm"
)

const twilio = `exports.handler = async (context, event, callback) => {
  const client = context.getTwilioClient();
  try {
    if (!event.to) {
      return callback(new Error('no receiver'));
    }
    await client.messages.create({ to: event.to, body: 'hello' });
    return callback(null, 'sent');
  } catch (error) {
    return callback(error);
  }
};
`

// TestMain makes the test binary a sandbox when it is started as one.
func TestMain(m *testing.M) {
	confirm.ServeIfChild()
	os.Exit(m.Run())
}

// project writes a tree of one handler.
func project(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range map[string]string{".twilioserverlessrc": "{}", "functions/send.js": twilio} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// TestMutants deletes each thing of a handler that is right, and looks at what the product says.
func TestMutants(t *testing.T) {
	s, err := survey(context.Background(), project(t), allKinds())
	if err != nil {
		t.Fatal(err)
	}
	l := limits{each: time.Minute, whole: time.Minute, progress: io.Discard}
	s.judge(context.Background(), l, s.mutants)
	count := map[string]int{}
	for _, m := range s.mutants {
		count[m.kind]++
		equal := m.equivalent != ""
		if m.untried != "" || m.reported == equal || m.reported && m.verdict != confirm.Confirmed {
			t.Errorf("%s %s: reported %v (%s), %s %s, equivalent %q", m.kind, m.place(), m.reported, m.rules, m.verdict, m.reason, m.equivalent)
		}
		if m.kind == "completion" && m.whole == confirm.Refuted {
			t.Errorf("%s: wrongly refuted", m.place())
		}
	}
	if count["completion"] != 3 || count["await"] != 1 || count["return"] != 3 {
		t.Errorf("found %v", count)
	}
	var b strings.Builder
	printTables(&b, s.mutants)
	if !strings.Contains(b.String(), "| completion | 3 | 0 | 3 (100.0 %) | 3 (100.0 %)") {
		t.Error(b.String())
	}
}

// TestNoTime: what there is no time for is said, and counts neither way.
func TestNoTime(t *testing.T) {
	s, err := survey(context.Background(), project(t), allKinds())
	if err != nil {
		t.Fatal(err)
	}
	over, stop := context.WithCancel(context.Background())
	stop()
	l := limits{each: time.Minute, whole: time.Minute, progress: io.Discard}
	s.judge(over, l, s.mutants)
	var b strings.Builder
	s.printAnswers(over, l, &b, true)
	printTables(&b, s.mutants)
	for _, want := range []string{"1 were not tried", "| completion | 3 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 3 |", "* 3 × completion: the time for all of them was over"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is missing in\n%s", want, b.String())
		}
	}
}
