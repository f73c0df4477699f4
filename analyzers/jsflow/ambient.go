package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/jstype"
)

// manyAmbient bounds how many declaration files are read in search of types that need no import.
const manyAmbient = 40

// ambientType is a type that a declaration file of the project makes known to all files: what wrangler writes to
// worker-configuration.d.ts, or a `declare global`. Of a name that two files declare nothing is known.
func (s *session) ambientType(name string, m *module, args []value) (v value, known bool) {
	if !m.typescript() || !s.deeper() {
		return nil, false
	}
	defer s.higher()
	var found *jstype.Declared
	var at *env
	for _, in := range s.ambientFiles() {
		d := in.mod.declared().types
		t := d.Global[name]
		if t == nil && in.mod.script() {
			t = d.Types[name]
		}
		if t == nil {
			continue
		}
		if found != nil {
			return nil, true
		}
		found, at = t, in
	}
	if found == nil {
		return nil, false
	}
	return s.declaredBody(found, s.withArguments(typeScope{file: at}, found.Generic, args)), true
}

// script tells whether a declaration file neither imports nor exports: then all files know what it declares.
func (m *module) script() bool {
	d := m.declared().types
	return len(d.Imports) == 0 && len(d.Exports) == 0 && len(d.From) == 0 && len(d.Stars) == 0 && !m.file.ESModule
}

// ambientFiles are the declaration files of the project that may declare something for all files.
func (s *session) ambientFiles() []*env {
	if s.ambientDone {
		return s.ambient
	}
	s.ambientDone = true
	if len(s.l.declarations) > manyAmbient {
		return nil
	}
	for _, name := range s.l.declarations {
		if in := s.module(name); in != nil {
			s.ambient = append(s.ambient, in)
		}
	}
	return s.ambient
}
