package server

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/server/documents"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

// configRule is what mistakes in a config are reported as. It is no rule: nothing switches it off.
const configRule = "config"

// stays is what a mistake in the config means for the findings.
const stays = "until this is fixed, the previous config stays in force"

// configFile is the config of a folder: what it says now, and what it said when it could be understood.
type configFile struct {
	known  bool // whether it was ever read
	text   string
	good   *config.Config
	broken []rules.Finding
}

// read gives the config in force and what is wrong with the one in the file.
func (c *configFile) read(path string, open documents.Set) (*config.Config, []rules.Finding) {
	text, err := textOf(path, open)
	if c.known && text == c.text {
		return c.good, c.broken[:len(c.broken):len(c.broken)]
	}
	c.known, c.text, c.broken = true, text, nil
	if c.good == nil {
		c.good = &config.Config{}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.broken = append(c.broken, c.about("", err.Error()))
		return c.good, c.broken
	}
	next, err := config.Parse(walk.ConfigName, []byte(text), project.KnownNames())
	var e *config.Error
	switch {
	case err == nil:
		c.good = next
	case errors.As(err, &e):
		c.broken = append(c.broken, mistake(text, e))
	default:
		c.broken = append(c.broken, c.about("", err.Error()))
	}
	return c.good, c.broken[:len(c.broken):len(c.broken)]
}

// textOf is the text of a file: what is typed if it is open, else what is on disk.
func textOf(path string, open documents.Set) (string, error) {
	if d := open[path]; d != nil {
		return d.Text, nil
	}
	text, err := os.ReadFile(path)
	return string(text), err
}

// mistake is an error in the config as a finding, with what was probably meant as its fix.
func mistake(text string, e *config.Error) rules.Finding {
	index := position.New([]byte(text))
	at := func(column int) int {
		return index.Offset(position.Position{Line: e.Line, Column: column}, position.Runes)
	}
	f := rules.Finding{
		Rule: configRule, Severity: rules.Error, Message: e.Message, Help: stays,
		Range: flow.Range{File: walk.ConfigName, Start: at(e.Column), End: at(e.Column + max(e.Width, 1))},
	}
	if e.Expected != "" && e.Nearest == "" {
		f.Help = "expected " + e.Expected + "; " + stays
	}
	if e.Nearest != "" {
		f.Message += "; did you mean `" + e.Nearest + "`?"
		f.Fixes = []rules.Fix{{
			Title: "Change to `" + e.Nearest + "`", Safe: true,
			Edits: []rules.Edit{{Range: f.Range, Text: e.Nearest}},
		}}
	}
	return f
}

// about is a finding about a key of the config, or about its first line.
func (c *configFile) about(key, message string) rules.Finding {
	f := rules.Finding{Rule: configRule, Severity: rules.Error, Message: message, Range: flow.Range{File: walk.ConfigName}}
	f.Range.End = len(firstLine(c.text))
	if at := strings.Index("\n"+c.text, "\n"+key+":"); key != "" && at >= 0 {
		f.Range.Start, f.Range.End = at, at+len(firstLine(c.text[at:]))
	}
	return f
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimRight(line, "\r")
}
