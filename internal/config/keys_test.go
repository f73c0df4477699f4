package config

import (
	"slices"
	"testing"
)

// TestKeys holds that every key that can be read has a meaning to show, and the other way round.
func TestKeys(t *testing.T) {
	var names []string
	for _, k := range Keys() {
		if k.Meaning == "" {
			t.Errorf("%s has no meaning", k.Name)
		}
		names = append(names, k.Name)
	}
	for _, f := range topLevel(&reader{}, &Config{}, Known{}) {
		if !slices.Contains(names, f.name) {
			t.Errorf("%s is not listed", f.name)
		}
	}
	if !slices.Contains(names, "require-reason") {
		t.Error("require-reason, which lies in suppressions, is not listed")
	}
}
