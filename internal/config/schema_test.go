package config_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/rules/all"
)

// update rewrites the schema: go test ./internal/config -run Schema -update
var update = flag.Bool("update", false, "rewrite schema/config.schema.json")

// TestSchemaIsFresh holds the JSON schema that editors use to the Config type and the rules.
func TestSchemaIsFresh(t *testing.T) {
	file := filepath.Join("..", "..", "schema", "config.schema.json")
	want := generate(t)
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("schema/config.schema.json is stale; run: go test ./internal/config -run Schema -update")
	}
}

func generate(t *testing.T) []byte {
	t.Helper()
	s, err := jsonschema.For[config.Config](nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.ID = "https://raw.githubusercontent.com/handlervet/handlervet/main/schema/config.schema.json"
	s.Title = "handlervet config"
	s.Properties["platform"].Enum = enum(config.Platforms())
	s.Properties["fail-on"].Enum = enum(config.FailLevels())
	level := &jsonschema.Schema{Enum: enum(config.RuleLevels())}
	severities := s.Properties["rules"]
	severities.AdditionalProperties = &jsonschema.Schema{Not: &jsonschema.Schema{}}
	severities.Properties = map[string]*jsonschema.Schema{}
	for _, r := range append(all.Rules(), pipeline.Own()...) {
		severities.Properties[r.Name] = level.CloneSchemas()
	}
	for _, p := range s.Properties { // null is how an empty key reads; the schema need not offer it
		if len(p.Types) == 2 {
			p.Type, p.Types = p.Types[1], nil
		}
	}
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(text, '\n')
}

func enum(words []string) []any {
	out := make([]any, len(words))
	for i, w := range words {
		out[i] = w
	}
	return out
}
