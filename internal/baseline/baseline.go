// Package baseline remembers the findings a project already has, so that only new ones fail. It
// comes after the rules: findings → new findings.
package baseline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/rules"
)

// version is the version of the file format.
const version = 1

// File is the content of a baseline file.
type File struct {
	Version  int     `json:"version"`
	Findings []Entry `json:"findings"`
}

// Entry is one known finding. Only the fingerprint counts; the rest is for people.
type Entry struct {
	File        string `json:"file"`
	Rule        string `json:"rule"`
	Fingerprint string `json:"fingerprint"`
}

// Set is the fingerprints of a baseline.
type Set map[string]bool

// Read reads a baseline file.
func Read(file string) (Set, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("cannot read the baseline: %w; write one with `handlervet check --write-baseline`", err)
	}
	return parse(file, text)
}

func parse(file string, text []byte) (Set, error) {
	var f File
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return nil, fmt.Errorf("%s is not a baseline: %w; write a new one with `handlervet check --write-baseline`", file, err)
	}
	if f.Version != version {
		return nil, fmt.Errorf("%s is a baseline of version %d, but this handlervet reads version %d; write a new one with `handlervet check --write-baseline`",
			file, f.Version, version)
	}
	set := Set{}
	for _, e := range f.Findings {
		set[e.Fingerprint] = true
	}
	return set, nil
}

// Write writes the fingerprints of findings to a file, sorted so that diffs are small.
func Write(file string, found []rules.Finding) error {
	f := File{Version: version, Findings: []Entry{}}
	for _, x := range found {
		f.Findings = append(f.Findings, Entry{File: x.Range.File, Rule: x.Rule, Fingerprint: x.Fingerprint})
	}
	return f.write(file)
}

// Add adds findings to a baseline file and creates it if necessary.
func Add(file string, found ...rules.Finding) error {
	f := File{Version: version}
	text, err := os.ReadFile(file)
	if err == nil {
		_, err = parse(file, text)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	default:
		_ = json.Unmarshal(text, &f) // parse has seen that it can be
	}
	for _, x := range found {
		if !slices.ContainsFunc(f.Findings, func(e Entry) bool { return e.Fingerprint == x.Fingerprint }) {
			f.Findings = append(f.Findings, Entry{File: x.Range.File, Rule: x.Rule, Fingerprint: x.Fingerprint})
		}
	}
	return f.write(file)
}

func (f *File) write(file string) error {
	slices.SortFunc(f.Findings, func(a, b Entry) int {
		return strings.Compare(a.File+"\x00"+a.Rule+"\x00"+a.Fingerprint, b.File+"\x00"+b.Rule+"\x00"+b.Fingerprint)
	})
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("cannot write the baseline: %w; name a file in an existing directory", err)
	}
	return nil
}

// Split separates new findings from known ones.
func (s Set) Split(found []rules.Finding) (fresh, known []rules.Finding) {
	for _, f := range found {
		if s[f.Fingerprint] {
			known = append(known, f)
		} else {
			fresh = append(fresh, f)
		}
	}
	return fresh, known
}
