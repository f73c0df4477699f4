package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// place is a line of a file, the line from 1, the file below the root that both tools ran in.
type place struct {
	file string
	line int
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// report is what one tool said: the text of its finding by place.
type report map[place]string

// readLint reads ESLint's JSON report. Files may be absolute, then they must lie below root.
// A message without a rule means that ESLint could not read the file; that is an error.
func readLint(file, root string) (report, error) {
	var results []struct {
		FilePath string
		Messages []struct {
			RuleID string `json:"ruleId"`
			Line   int
			Text   string `json:"message"`
		}
	}
	if err := read(file, &results); err != nil {
		return nil, err
	}
	out := report{}
	for _, r := range results {
		name, err := below(root, r.FilePath)
		if err != nil {
			return nil, err
		}
		for _, m := range r.Messages {
			if m.RuleID == "" {
				return nil, fmt.Errorf("%s: ESLint could not check it: %s", name, m.Text)
			}
			out[place{name, m.Line}] = m.Text
		}
	}
	return out, nil
}

// readFindings reads handlervet's JSON report. A finding starts where its range does.
func readFindings(file string) (report, error) {
	var results struct {
		Findings []struct {
			Rule, Message, File string
			Range               struct{ Start struct{ Line int } }
		}
	}
	if err := read(file, &results); err != nil {
		return nil, err
	}
	out := report{}
	for _, f := range results.Findings {
		out[place{f.File, f.Range.Start.Line}] = f.Rule + ": " + f.Message
	}
	return out, nil
}

func read(file string, into any) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

func below(root, file string) (string, error) {
	if !filepath.IsAbs(file) {
		return filepath.ToSlash(file), nil
	}
	rel, err := filepath.Rel(root, file)
	if err != nil || strings.HasPrefix(rel, "..") {
		return "", fmt.Errorf("%s does not lie below %s", file, root)
	}
	return filepath.ToSlash(rel), nil
}
