package config_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/internal/config"
)

func known() config.Known {
	return config.Known{Rules: []string{"double-completion", "floating-promise", "missing-completion"}}
}

func TestParse(t *testing.T) {
	text := `# comment
platform: twilio
runtime: nodejs22.x
fail-on: info
rules:
  floating-promise: off
  missing-completion: "warning"
ignore:
  - test/**
  - "**/*.spec.js"
baseline: known.json
suppressions: { require-reason: false }
`
	got, err := config.Parse("c.yml", []byte(text), known())
	if err != nil {
		t.Fatal(err)
	}
	no := false
	want := &config.Config{
		Platform: "twilio", Runtime: "nodejs22.x", FailOn: "info",
		Rules:        map[string]string{"floating-promise": "off", "missing-completion": "warning"},
		Ignore:       []string{"test/**", "**/*.spec.js"},
		Baseline:     "known.json",
		Suppressions: config.Suppressions{RequireReason: &no},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestParseEmpty(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing\n", "---\n", "rules:\n", "rules:\n  # floating-promise: off\n", "~\n"} {
		if _, err := config.Parse("c.yml", []byte(text), known()); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestTheTemplateChangesNothing(t *testing.T) {
	text := config.Template([]config.RuleLine{{Name: "floating-promise", Level: "error"}})
	got, err := config.Parse("c.yml", []byte(text), known())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, &config.Config{}) {
		t.Errorf("got %+v", got)
	}
	var live strings.Builder // every commented option must be one that Parse takes
	for line := range strings.SplitSeq(text, "\n") {
		body := strings.TrimPrefix(line, "# ")
		if strings.HasPrefix(line, "# ") && !strings.HasPrefix(body, " ") && !option(body) {
			continue
		}
		if strings.HasPrefix(line, "#") {
			live.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "# "), "# ") + "\n")
		}
	}
	if _, err := config.Parse("c.yml", []byte(strings.ReplaceAll(live.String(), "#   ", "  ")), known()); err != nil {
		t.Errorf("%v in\n%s", err, live.String())
	}
}

func option(line string) bool {
	key, _, ok := strings.Cut(line, ":")
	return ok && slices.Contains(strings.Fields("platform runtime fail-on rules ignore baseline suppressions"), key)
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown key", "platfrm: twilio\n", `c.yml:1:1: unknown key ` + "`platfrm`" + `
    platfrm: twilio
    ^~~~~~~
  did you mean ` + "`platform`" + `?
  expected one of platform, runtime, fail-on, rules, ignore, baseline, suppressions`},
		{"unknown rule", "rules:\n  mising-completion: off\n", `c.yml:2:3: unknown rule ` + "`mising-completion`" + `
      mising-completion: off
      ^~~~~~~~~~~~~~~~~
  did you mean ` + "`missing-completion`" + `?
  expected one of double-completion, floating-promise, missing-completion`},
		{"bad value", "fail-on: warn\n", `c.yml:1:10: ` + "`warn`" + ` is not allowed here
    fail-on: warn
             ^~~~
  did you mean ` + "`warning`" + `?
  expected one of error, warning, info, never`},
		{"a list where a word belongs", "platform:\n  - twilio\n", `c.yml:2:3: a list is not allowed here
      - twilio
      ^
  expected one of azure, cloudflare, gcf, lambda, netlify, next, twilio, vercel`},
		{"a word where a mapping belongs", "rules: off\n", `c.yml:1:8: ` + "`off`" + ` is not allowed here
    rules: off
           ^~~
  expected a mapping, one ` + "`key: value`" + ` a line`},
		{"a word where a flag belongs", "suppressions:\n  require-reason: yess\n", `c.yml:2:19: ` + "`yess`" + ` is not allowed here
      require-reason: yess
                      ^~~~
  expected true or false`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := config.Parse("c.yml", []byte(tt.text), known())
			if err == nil || err.Error() != tt.want {
				t.Errorf("got\n%v\nwant\n%s", err, tt.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"platform: twilio\nrules:\n  floating-promise: off\n", "ignore:\n- a\n- '['\n", "a: &x [*x]\n", "\xff\xfe: \t",
		"rules: {a: b, <<: *c}\n", "- a\n", "? a\n: b\n", "!!binary x", "suppressions: {require-reason: true}\n---\nb: c\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		_, err := config.Parse("c.yml", text, known())
		var e *config.Error
		if err != nil && (!errors.As(err, &e) || e.Line < 1 || e.Column < 1 || e.Message == "") {
			t.Errorf("%q: an error without a place: %#v", text, err)
		}
	})
}
