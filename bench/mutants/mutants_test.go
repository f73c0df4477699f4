package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

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

// TestMutants deletes each thing of a handler that is right, and looks at what the product says.
func TestMutants(t *testing.T) {
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
	s, err := survey(context.Background(), root, allKinds())
	if err != nil {
		t.Fatal(err)
	}
	s.judge(context.Background(), s.mutants)
	count := map[string]int{}
	for _, m := range s.mutants {
		count[m.kind]++
		equal := m.equivalent != ""
		if m.broken || m.reported == equal || m.reported && m.verdict != confirm.Confirmed {
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
