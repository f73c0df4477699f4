// Package merge combines several SARIF reports into one. It comes after the way: a check split over
// several machines with `check --shard` becomes the report that one machine would have written,
// byte for byte.
package merge

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/report"
	"github.com/handlervet/handlervet/rules"
)

// Input is a report: what it is called, for messages, and its text.
type Input struct {
	Name string
	Text []byte
}

// Log is what a merge gives.
type Log struct {
	log     map[string]any
	results []*result
	failed  bool
}

// part is the one run of an input.
type part struct {
	name  string
	log   map[string]any
	run   map[string]any
	shard pipeline.Shard
	used  []any
}

// SARIF merges reports of handlervet. Of findings about the same place that several reports hold, that of the first report is
// kept; shards count in their order. The error is for an input that is no such report, and for shards that are not complete.
func SARIF(inputs []Input) (*Log, error) {
	if len(inputs) == 0 {
		return nil, errors.New("no reports to merge; name at least one")
	}
	var parts []*part
	for _, in := range inputs {
		p, err := read(in)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", in.Name, err)
		}
		parts = append(parts, p)
	}
	if err := inOrder(parts); err != nil {
		return nil, err
	}
	catalogue := mergeRules(parts)
	results := collect(parts, catalogue)
	invocation := invocationOf(parts)
	out := parts[0]
	driver(out.run)["rules"] = catalogue.list
	out.run["results"] = documents(results)
	out.run["invocations"] = []any{invocation}
	delete(out.run, "properties")
	out.log["runs"] = []any{out.run}
	return &Log{log: out.log, results: results, failed: invocation["executionSuccessful"] != true}, nil
}

// Write writes the log, cut to what code scanning takes.
func (l *Log) Write(w io.Writer) error { return report.EncodeSARIF(w, l.log) }

// Failed tells whether one of the runs could not do its work.
func (l *Log) Failed() bool { return l.failed }

// Severities are those of the results that no comment allows.
func (l *Log) Severities() []rules.Severity {
	var list []rules.Severity
	for _, r := range l.results {
		if !r.suppressed {
			list = append(list, report.SeverityOf(r.level))
		}
	}
	return list
}

func read(in Input) (*part, error) {
	p := &part{name: in.Name}
	d := json.NewDecoder(bytes.NewReader(in.Text))
	d.UseNumber()
	if err := d.Decode(&p.log); err != nil {
		return nil, fmt.Errorf("not valid SARIF: %w", err)
	}
	runs := list(p.log["runs"])
	if len(runs) != 1 || driver(object(runs[0]))["name"] != "handlervet" {
		return nil, errors.New("not a report of handlervet; write one with `handlervet check --format sarif -o <file>`")
	}
	p.run = object(runs[0])
	properties := object(p.run["properties"])
	p.used = list(properties[report.PropertyUsed])
	if s, ok := properties[report.PropertyShard].(string); ok {
		shard, err := pipeline.ParseShard(s)
		p.shard = shard
		return p, err
	}
	return p, nil
}

// inOrder sorts shards and fails if they are not all of one check.
func inOrder(parts []*part) error {
	first := parts[0]
	for _, p := range parts {
		if a, b := driver(p.run)["semanticVersion"], driver(first.run)["semanticVersion"]; a != b {
			return fmt.Errorf("%s was written by handlervet %v and %s by %v; write both with the same version", first.name, b, p.name, a)
		}
		if p.shard.Count != first.shard.Count {
			return fmt.Errorf("%s is %s and %s is %s: they are not parts of the same check", first.name, partOf(first), p.name, partOf(p))
		}
	}
	count := first.shard.Count
	if count == 0 {
		return nil
	}
	slices.SortStableFunc(parts, func(a, b *part) int { return cmp.Compare(a.shard.Index, b.shard.Index) })
	for i := range max(count, len(parts)) {
		switch {
		case i >= len(parts) || parts[i].shard.Index > i+1:
			return fmt.Errorf("the report of shard %d/%d is missing; name the reports of all %d shards", i+1, count, count)
		case parts[i].shard.Index <= i:
			return fmt.Errorf("%s and %s are both shard %s", parts[i-1].name, parts[i].name, parts[i].shard)
		}
	}
	return nil
}

// partOf is what a report covers, for people.
func partOf(p *part) string {
	if p.shard.Count == 0 {
		return "a whole check"
	}
	return "shard " + p.shard.String()
}

// invocationOf is the invocations of all parts as one.
func invocationOf(parts []*part) map[string]any {
	one := map[string]any{}
	var notes []any
	seen := map[string]bool{}
	successful := true
	for _, p := range parts {
		for _, x := range list(p.run["invocations"]) {
			invocation := object(x)
			successful = successful && invocation["executionSuccessful"] == true
			for _, n := range list(invocation["toolExecutionNotifications"]) {
				if key := text(n); !seen[key] {
					seen[key] = true
					notes = append(notes, n)
				}
			}
		}
	}
	one["executionSuccessful"] = successful
	if len(notes) > 0 {
		one["toolExecutionNotifications"] = notes
	}
	return one
}
