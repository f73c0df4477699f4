package report

import (
	"bytes"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/rules"
)

// tree is the files of an archive.
type tree map[string][]byte

func newTree(archive *txtar.Archive) tree {
	t := tree{}
	for _, f := range archive.Files {
		if !strings.HasPrefix(f.Name, "want.") {
			t[f.Name] = f.Data
		}
	}
	return t
}

func (t tree) text(file string) ([]byte, bool) {
	text, ok := t[file]
	return text, ok
}

// at is the range of a text that occurs in a file; "<" before it means the point before it.
func (t tree) at(file, text string) flow.Range {
	point := strings.HasPrefix(text, "<")
	text = strings.TrimPrefix(text, "<")
	i := bytes.Index(t[file], []byte(text))
	if i < 0 {
		panic(file + " has no " + text)
	}
	if point {
		return flow.Range{File: file, Start: i, End: i}
	}
	return flow.Range{File: file, Start: i, End: i + len(text)}
}

// samples are the reports of testdata/report/<name>.txtar.
func samples() map[string]func(tree) *Report {
	return map[string]func(tree) *Report{
		"empty": func(t tree) *Report {
			return &Report{Version: "1.2.3", Texts: t.text, Rules: sampleRules(), Stats: Stats{Files: 3, Handlers: 2}}
		},
		"path": pathSample,
		"wide": wideSample,
	}
}

func sampleRules() []rules.Rule {
	return []rules.Rule{
		{Name: "floating-promise", Default: rules.Warning, Doc: "# floating-promise\n\n## What it does\n\nReports promises that nobody waits for. Their work may be lost.\n\n## Why it matters\n\nThe platform freezes the process.\n"},
		{Name: "unhandled-rejection", Default: rules.Error, Doc: "# unhandled-rejection\n\n## What it does\n\nReports rejections that\nleave without `callback`.\n"},
	}
}

func pathSample(t tree) *Report {
	call := t.at("functions/send.js", "charge(order)")
	return &Report{
		Version: "1.2.3", Root: "/srv/shop", Texts: t.text, Rules: sampleRules(),
		Stats:    Stats{Files: 3, Handlers: 2, Known: 4},
		Problems: []Problem{{File: "functions/odd:name.js", Text: "cannot read the file: permission denied"}, {File: ".handlervet.yml", Line: 2, Column: 3, Text: "unknown key `rulse`; did you mean `rules`?"}},
		Suppressed: []rules.Finding{{Rule: "floating-promise", Severity: rules.Warning, Message: "nobody waits for `log()`",
			Range: t.at("functions/send.js", "log(event)"), Handler: "handler", Platform: "twilio"}},
		Findings: []rules.Finding{
			{Rule: "runtime-version", Severity: rules.Info, Message: "the runtime is not exact", Range: t.at("package.json", `"^1.0.0"`)},
			{
				Rule: "unhandled-rejection", Severity: rules.Error, Handler: "handler", Platform: "twilio",
				Message: "when `charge()` rejects, the callback is not called: Twilio stops it after 10 s and answers 504",
				Help:    "handle the rejection and call the callback there", Range: call,
				Steps: []flow.Step{
					{Range: t.at("functions/send.js", "handler"), Text: "Twilio calls `handler`"},
					{Range: t.at("lib/pay.js", "throw new Error('50% off, no\\n')"), Text: "`charge` throws, 100% sure"},
					{Range: call, Text: "the promise rejects"},
				},
				Fixes: []rules.Fix{
					{Title: "call the callback in a catch", Safe: true, Verification: "verified: with this change every explored run completes", Edits: []rules.Edit{{Range: t.at("functions/send.js", "<;\n  log"), Text: ".catch(callback)"}}},
					{Title: "await it", Edits: []rules.Edit{{Range: t.at("functions/send.js", "<charge"), Text: "await "}, {Range: t.at("functions/send.js", "// old"), Text: ""}}},
				},
				Confirmation: rules.Confirmation{Verdict: "confirmed", Witness: []string{"`charge()` rejected", "nothing ran for 10 s"}, Moments: []rules.Moment{
					{MS: 50, File: "lib/pay.js", Line: 2, Text: "`charge()` rejected"}, {MS: 10_000, Text: "nothing ran for 10 s"},
				}},
			},
			{Rule: "floating-promise", Severity: rules.Warning, Message: "nobody waits for this promise", Help: "await it",
				Range: t.at("functions/send.js", "log(event).then(() => {\n  })"), Handler: "handler", Platform: "twilio"},
		},
	}
}

func wideSample(t tree) *Report {
	r := &Report{Version: "1.2.3", Texts: t.text}
	for _, at := range []string{"木材()", "fn('👩‍👩‍👧')", "longCall(argument)", "farAway()", "<} // end", "soon()"} {
		r.Findings = append(r.Findings, rules.Finding{Rule: "floating-promise", Severity: rules.Warning,
			Message: "look at `" + strings.TrimPrefix(at, "<") + "`", Range: t.at("ä b.js", at)})
	}
	r.Findings = append(r.Findings, rules.Finding{Rule: "gone-file", Severity: rules.Error, Message: "the file is gone \x1b[31m",
		Range: flow.Range{File: "gone.js", Start: 5, End: 9}})
	return r
}
