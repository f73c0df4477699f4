package platform

import (
	"fmt"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/analyzers/contract"
	"golang.org/x/tools/txtar"
)

// TestSettings: where settings stand, what they are worth, and whether another text may be written there.
func TestSettings(t *testing.T) {
	const head = "functions:\n  a:\n    handler: a.handler\n"
	for _, test := range []struct{ name, file, text, want string }{
		{"plain", "serverless.yml", head + "    timeout: 30 # s", "serverless.yml:4 timeout 30 = 30 s, editable"},
		{"quoted", "serverless.yml", head + "    timeout: '30'", "serverless.yml:4 timeout 30 = 30 s, editable"},
		{"quoted key", "serverless.json", `{"functions": {"a": {"handler": "a.handler", "timeout": 30}}}`, "serverless.json:1 timeout 30 = 30 s, editable"},
		{"escaped", "serverless.yml", head + `    timeout: "\x330"`, "serverless.yml:4 timeout 30 = 30 s"},
		{"anchor", "serverless.yml", head + "    timeout: &t 30", "serverless.yml:4 timeout 30 = 30 s"},
		{"alias", "serverless.yml", "x: &t 30\n" + head + "    timeout: *t", "serverless.yml:1 timeout 30 = 30 s"},
		{"variable", "serverless.yml", "custom: {t: 30}\n" + head + "    timeout: ${self:custom.t}", "serverless.yml:1 timeout 30 = 30 s"},
		{"default of a variable", "serverless.yml", head + "    timeout: ${opt:t, '30'}", ""},
		{"tag", "serverless.yml", head + "    timeout: !Sub 30", ""},
		{"provider's", "serverless.yml", "provider: {timeout: 30}\n" + head, "serverless.yml:1 timeout 30 = 30 s, editable"},
		{"much too large", "serverless.yml", head + "    timeout: 9223372036854775807", "serverless.yml:4 timeout 9223372036854775807 = 1099511627776 s, editable"},
		{"mark and letters", "serverless.yml", "\ufeff# ü\n" + head + "    timeout: 30", "serverless.yml:5 timeout 30 = 30 s, editable"},
		{"TOML", "wrangler.toml", "limits.cpu_ms = 50", "wrangler.toml:1 cpu_ms 50 = 50 ms, editable"},
		{"TOML table", "wrangler.toml", "[env.x.limits]\ncpu_ms = 1_000 # ms", "wrangler.toml:2 cpu_ms 1_000 = 1 s, editable"},
		{"no number", "vercel.json", `{"functions": {"a": {"maxDuration": "max"}}}`, "vercel.json:1 maxDuration max, editable"},
		{"Azure's clock", "host.json", `{"functionTimeout": "00:10:00"}`, "host.json:1 functionTimeout 00:10:00 = 10 min"},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree := newMemoryTree([]txtar.File{{Name: test.file, Data: []byte(test.text)}})
			project, err := Discover(tree, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range project.Settings {
				tree.checkPlace(t, project.Settings[i].Place)
				got = append(got, written(&project.Settings[i]))
			}
			if strings.Join(got, "; ") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func written(s *Setting) string {
	out := fmt.Sprintf("%s:%d %s %s", s.Place.File, s.Place.Line, s.Name, s.Text)
	if s.Known {
		out += " = " + contract.Duration(s.Amount)
	}
	if s.Editable {
		out += ", editable"
	}
	return out
}

func TestNewestNode(t *testing.T) {
	for text, want := range map[string]int{
		"20.x": 20, "^18.17.0 || 20.x": 20, ">=16 <19": 18, "18": 18, "~18.1": 18, "18.20.4": 18,
		">=18": newestMajor, "*": newestMajor, "lts/*": 0, "x y z": 0,
	} {
		if got := newestNode(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestSizes(t *testing.T) {
	for text, want := range map[string]int{"1mb": 1 << 20, "4.5MB": 4_718_592, "100 kb": 102_400, "7": 7, "1gb": 1 << 30, "99gb": 1<<31 - 1, "mb": -1, "-1mb": -1, "1.2.3mb": -1, "1tb": -1} {
		got, ok := sizeOf(text)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// TestRetired: only what had come when the facts were read counts, and older versions go with the first.
func TestRetired(t *testing.T) {
	for major, want := range map[int]string{0: "", 8: "2026-09-30", 20: "2026-09-30", 22: "", 24: "", 26: ""} {
		got := ""
		if r := retirement(lambdaRetirements(), major); r != nil {
			got = r.Reached().Date
		}
		if got != want {
			t.Errorf("Node %d: %q, want %q", major, got, want)
		}
	}
	for _, all := range [][]Retirement{lambdaRetirements(), twilioRetirements(), vercelRetirements()} {
		for i, r := range all {
			for j, stage := range r.Stages {
				if len(stage.Date) != len(contract.FactsAsOf) || j > 0 && stage.Date < r.Stages[j-1].Date {
					t.Errorf("%s: stages out of order at %q", r.Runtime, stage.Date)
				}
			}
			if i > 0 && nodeMajor(r.Runtime) <= nodeMajor(all[i-1].Runtime) {
				t.Errorf("%s stands behind a later one", r.Runtime)
			}
		}
	}
}
