package config

import (
	"reflect"
	"strings"
)

// Key is a key of the config and what it means.
type Key struct{ Name, Meaning string }

// Keys are all keys of the config in the order of its fields; those that lie in another key follow it.
func Keys() []Key { return keysOf(reflect.TypeFor[Config]()) }

// keysOf reads the tags that the schema is made of, too.
func keysOf(t reflect.Type) []Key {
	var keys []Key
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		keys = append(keys, Key{Name: name, Meaning: f.Tag.Get("jsonschema")})
		if f.Type.Kind() == reflect.Struct {
			keys = append(keys, keysOf(f.Type)...)
		}
	}
	return keys
}
