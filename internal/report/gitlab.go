package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
)

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// GitLab writes a code quality report.
func GitLab(w io.Writer, r *Report, _ Options) error {
	p := r.places()
	issues := []gitlabIssue{}
	for i, x := range r.Problems {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d", x.File, x.Text, i))
		line := max(x.Line, 1)
		issues = append(issues, gitlabIssue{x.Text, "handlervet", hex.EncodeToString(sum[:12]), "critical",
			gitlabLocation{gitlabPath(x.File), gitlabLines{line, line}}})
	}
	for _, f := range r.fingerprinted(r.Findings) {
		start, end := p.span(f.Range, position.Runes)
		issues = append(issues, gitlabIssue{withHelp(f), f.Rule, f.Fingerprint, gitlabSeverity(f.Severity),
			gitlabLocation{gitlabPath(f.Range.File), gitlabLines{start.Line, end.Line}}})
	}
	return encode(w, issues)
}

// withHelp is what is wrong and what to do, on one line.
func withHelp(f rules.Finding) string {
	if f.Help == "" {
		return f.Message
	}
	return f.Message + "; " + f.Help
}

// gitlabPath may neither be empty nor begin with ./
func gitlabPath(file string) string {
	if file = strings.TrimPrefix(file, "./"); file != "" {
		return file
	}
	return "."
}

func gitlabSeverity(s rules.Severity) string {
	switch s {
	case rules.Error:
		return "major"
	case rules.Warning:
		return "minor"
	}
	return "info"
}
