package report

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/rules"
)

const schemaFile = "../../schema/report.schema.json"

// TestSchemaIsFresh makes the schema from the types and compares it with the one checked in.
func TestSchemaIsFresh(t *testing.T) {
	s, err := jsonschema.For[document](&jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[rules.Severity](): {Type: "string", Enum: []any{rules.Error, rules.Warning, rules.Info}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	s.Schema = "https://json-schema.org/draft/2020-12/schema"
	s.Title = "The report of handlervet check --format json"
	s.Properties["version"].Enum = []any{1}
	tighten(s)
	var b bytes.Buffer
	if err := encode(&b, s); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(schemaFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(schemaFile)
	if err != nil || !bytes.Equal(old, b.Bytes()) {
		t.Errorf("%s is stale (%v): run the test with -update", schemaFile, err)
	}
}

// tighten says of every schema what Go types cannot: lists are never null,
// lines and columns count from 1, verdicts are words.
func tighten(s *jsonschema.Schema) {
	if s == nil {
		return
	}
	if len(s.Types) == 2 && s.Types[0] == "null" {
		s.Type, s.Types = s.Types[1], nil
	}
	for name, p := range s.Properties {
		switch name {
		case "line", "column":
			p.Minimum = jsonschema.Ptr(1.0)
		case "verdict":
			p.Enum = []any{"confirmed", "conditional", "refuted", "unconfirmed"}
		}
		tighten(p)
	}
	tighten(s.Items)
}

func TestJSONFitsSchema(t *testing.T) {
	schema := compile(t, schemaFile)
	for name, build := range samples() {
		archive, err := txtar.ParseFile(goldens + "/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		fits(t, schema, render(t, "json", build(newTree(archive)), Options{Suppressed: true}))
	}
	var v any = map[string]any{"version": json.Number("1"), "findings": nil}
	if schema.Validate(v) == nil {
		t.Error("the schema takes a report without findings")
	}
}

func compile(t *testing.T, file string) *validator.Schema {
	t.Helper()
	s, err := validator.NewCompiler().Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func fits(t *testing.T, schema *validator.Schema, text []byte) {
	t.Helper()
	v, err := validator.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(v); err != nil {
		t.Error(err)
	}
}
