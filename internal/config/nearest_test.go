package config

import "testing"

func TestNearest(t *testing.T) {
	names := []string{"missing-completion", "double-completion", "floating-promise", "require-esm", "off"}
	for in, want := range map[string]string{
		"missing-completon":  "missing-completion",
		"missing_completion": "missing-completion",
		"flaoting-promise":   "floating-promise",
		"floating":           "floating-promise",
		"completion":         "",
		"of":                 "off",
		"zzz":                "",
		"":                   "",
	} {
		if got := Nearest(in, names); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", in, got, want)
		}
	}
}
