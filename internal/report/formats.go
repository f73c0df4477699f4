package report

import (
	"fmt"
	"io"
	"strings"
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

// Write writes a report in the format of that name.
func Write(name string, w io.Writer, r *Report, opt Options) error {
	for _, f := range formats() {
		if f.name == name {
			return f.write(w, r, opt)
		}
	}
	return fmt.Errorf("unknown format %q; expected one of %s", name, strings.Join(Formats(), ", "))
}
