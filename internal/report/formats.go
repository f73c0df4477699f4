package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/handlervet/handlervet/internal/config"
)

type format struct {
	name  string
	write func(io.Writer, *Report, Options) error
}

func formats() []format {
	return []format{
		{"text", Text},
		{"json", JSON},
		{"sarif", SARIF},
		{"github", GitHub},
		{"gitlab", GitLab},
		{"rdjson", RDJSON},
		{"junit", JUnit},
	}
}

// Formats are the names of the formats.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// Known says whether there is a format of that name; if not, the error says which there are.
func Known(name string) error {
	for _, f := range formats() {
		if f.name == name {
			return nil
		}
	}
	if near := config.Nearest(name, Formats()); near != "" {
		return fmt.Errorf("there is no format %q; did you mean %q?", name, near)
	}
	return fmt.Errorf("there is no format %q; there are %s", name, strings.Join(Formats(), ", "))
}

// Write writes a report in the format of that name.
func Write(name string, w io.Writer, r *Report, opt Options) error {
	for _, f := range formats() {
		if f.name == name {
			return f.write(w, r, opt)
		}
	}
	return Known(name)
}
