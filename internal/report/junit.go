package report

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/handlervet/handlervet/internal/position"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string      `xml:"name,attr"`
	Class   string      `xml:"classname,attr"`
	File    string      `xml:"file,attr,omitempty"`
	Line    int         `xml:"line,attr,omitempty"`
	Failure *junitFault `xml:"failure,omitempty"`
	Error   *junitFault `xml:"error,omitempty"`
}

type junitFault struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Body    string `xml:",chardata"`
}

// JUnit writes a test report: a suite is a file, a failed test a finding. With
// nothing found there is one test, which passes: a report without tests is
// refused by many readers.
func JUnit(w io.Writer, r *Report, _ Options) error {
	p := r.places()
	all := junitSuites{Name: "handlervet"}
	for _, x := range r.Problems {
		all.add(x.File, junitCase{Name: "handlervet", Line: x.Line, Error: &junitFault{x.Text, "problem", x.Text}})
	}
	for _, f := range sorted(r.Findings) {
		start, _ := p.span(f.Range, position.Runes)
		body := fmt.Sprintf("%s:%d:%d: %s", f.Range.File, start.Line, start.Column, p.annotation(f))
		all.add(f.Range.File, junitCase{
			Name: fmt.Sprintf("%s:%d:%d", f.Rule, start.Line, start.Column), Line: start.Line,
			Failure: &junitFault{f.Message, string(f.Severity), body},
		})
	}
	if len(all.Suites) == 0 {
		all.add("", junitCase{Name: "no findings"})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// add puts a test into the suite of its file. Tests of a file come together.
func (all *junitSuites) add(file string, c junitCase) {
	name := file
	if name == "" {
		name = "handlervet"
	}
	c.Class, c.File = name, file
	if n := len(all.Suites); n == 0 || all.Suites[n-1].Name != name {
		all.Suites = append(all.Suites, junitSuite{Name: name})
	}
	s := &all.Suites[len(all.Suites)-1]
	s.Cases = append(s.Cases, c)
	s.Tests, all.Tests = s.Tests+1, all.Tests+1
	if c.Failure != nil {
		s.Failures, all.Failures = s.Failures+1, all.Failures+1
	}
	if c.Error != nil {
		s.Errors, all.Errors = s.Errors+1, all.Errors+1
	}
}
