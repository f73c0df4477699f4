package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
)

// What code scanning of GitHub does with it, learnt the hard way by others:
// it shows help.markdown instead of help.text, uses only the first location,
// ignores fixes and suppressions, and tells alerts apart by
// primaryLocationLineHash alone. A name that equals the id is an error.

const (
	sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"
	srcRoot     = "%SRCROOT%"
)

// The properties of a run that tells of a shard: which one, and the places of the suppressions it used.
const (
	PropertyShard = "shard"
	PropertyUsed  = "usedSuppressions"
)

// FingerprintName is what SARIF calls the fingerprints of findings.
const FingerprintName = "handlervet/v1"

// sarifRun is the run that is being written.
type sarifRun struct {
	*places
	r      *Report
	hashes map[string][]string // of the lines of each file
	rules  map[string]int      // the index of each rule
	driver *sarif.ToolComponent
}

// semantic is a version as SARIF wants it, beginning with a number: a build from a working tree has none.
func semantic(version string) string {
	bare := strings.TrimPrefix(version, "v")
	if bare == "" || bare[0] < '0' || bare[0] > '9' {
		return "0.0.0-devel"
	}
	return bare
}

// SARIF writes SARIF 2.1.0.
func SARIF(w io.Writer, r *Report, opt Options) error {
	s := &sarifRun{places: r.places(), r: r, hashes: map[string][]string{}, rules: map[string]int{}}
	run := sarif.NewRun()
	s.driver = sarif.NewToolComponent().WithName("handlervet").WithInformationURI(home)
	if r.Version != "" {
		s.driver.WithVersion(semantic(r.Version)).WithSemanticVersion(semantic(r.Version))
	}
	for _, rule := range r.Rules {
		s.addRule(rule)
	}
	run.WithTool(sarif.NewTool().WithDriver(s.driver)).WithColumnKind("utf16CodeUnits")
	root := sarif.NewArtifactLocation().WithDescription(sarif.NewTextMessage("The root of the checked tree."))
	run.OriginalUriBaseIds = map[string]sarif.ArtifactLocation{srcRoot: *root}
	for _, f := range r.fingerprinted(r.Findings) {
		run.AddResult(s.result(f))
	}
	if opt.Suppressed {
		for _, f := range r.fingerprinted(r.Suppressed) {
			run.AddResult(s.result(f).WithSuppressions([]*sarif.Suppression{sarif.NewSuppression().WithKind("inSource")}))
		}
	}
	run.AddInvocation(s.invocation())
	if r.Shard != "" {
		run.WithProperties(s.part())
	}
	return writeSARIF(w, sarif.NewReport().AddRun(run))
}

// part is what internal/merge has to know of a report about a part of the whole.
func (s *sarifRun) part() *sarif.PropertyBag {
	used := []*sarif.PhysicalLocation{}
	for _, r := range s.r.Used {
		used = append(used, s.physical(r))
	}
	return sarif.NewPropertyBag().Add(PropertyShard, s.r.Shard).Add(PropertyUsed, used)
}

func writeSARIF(w io.Writer, report *sarif.Report) error {
	report.Schema = sarifSchema
	text, err := json.Marshal(report)
	if err != nil {
		return err
	}
	var log map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&log); err != nil {
		return err
	}
	prune(log)
	return EncodeSARIF(w, log)
}

// addRule adds a rule with its help and gives its index.
func (s *sarifRun) addRule(r rules.Rule) int {
	if i, ok := s.rules[r.Name]; ok {
		return i
	}
	p := pageOf(r)
	d := sarif.NewRule(r.Name).WithName(title(r.Name)).WithHelpURI(RuleURL(r.Name))
	d.WithShortDescription(sarifText(p.short)).WithFullDescription(sarifText(p.full))
	d.WithHelp(sarifText(p.help).WithMarkdown(p.help))
	config := sarif.NewReportingConfiguration().WithEnabled(true).WithLevel(level(r.Default))
	d.WithDefaultConfiguration(config)
	d.WithProperties(sarif.NewPropertyBag().
		Add("precision", "high").Add("problem.severity", problemSeverity(r.Default)).
		Add("tags", []string{"correctness", "serverless"}))
	s.rules[r.Name] = len(s.driver.Rules)
	s.driver.AddRule(d)
	return s.rules[r.Name]
}

func sarifText(text string) *sarif.MultiformatMessageString {
	return sarif.NewMultiformatMessageString().WithText(text)
}

func (s *sarifRun) result(f rules.Finding) *sarif.Result {
	index := s.addRule(rules.Rule{Name: f.Rule, Default: f.Severity})
	res := sarif.NewRuleResult(f.Rule).WithRuleIndex(index).WithLevel(level(f.Severity)).WithMessage(sarif.NewTextMessage(sentence(f)))
	res.AddLocation(s.location(f.Range, ""))
	res.WithPartialFingerprints(map[string]string{
		"primaryLocationLineHash": s.lineHash(f.Range),
		FingerprintName:           f.Fingerprint,
	})
	if len(f.Steps)+len(f.Confirmation.Moments) > 0 {
		res.AddCodeFlow(s.codeFlow(f))
	}
	for _, x := range f.Fixes {
		res.AddFixe(s.fix(x))
	}
	bag := sarif.NewPropertyBag()
	for name, value := range map[string]string{"handler": f.Handler, "platform": f.Platform, "verdict": f.Confirmation.Verdict} {
		if value != "" {
			bag.Add(name, value)
		}
	}
	return res.WithProperties(bag)
}

// sentence is the message with its help, as sentences: SARIF demands a full stop.
func sentence(f rules.Finding) string {
	text := capital(f.Message)
	if f.Help != "" {
		text += ". " + capital(f.Help)
	}
	return text + "."
}

func (s *sarifRun) location(r flow.Range, text string) *sarif.Location {
	loc := sarif.NewLocationWithPhysicalLocation(s.physical(r))
	if text != "" {
		loc.WithMessage(sarif.NewTextMessage(capital(text) + "."))
	}
	return loc
}

func (s *sarifRun) physical(r flow.Range) *sarif.PhysicalLocation {
	return sarif.NewPhysicalLocation().WithArtifactLocation(s.artifact(r.File)).WithRegion(s.region(r))
}

func (s *sarifRun) artifact(file string) *sarif.ArtifactLocation {
	return sarif.NewSimpleArtifactLocation(uri(file)).WithURIBaseID(srcRoot)
}

func (s *sarifRun) region(r flow.Range) *sarif.Region {
	start, end := s.span(r, position.UTF16)
	return sarif.NewRegion().WithStartLine(start.Line).WithStartColumn(start.Column).WithEndLine(end.Line).WithEndColumn(end.Column)
}

// codeFlow is the path that leads to a finding and, if it was confirmed, the run that shows it.
func (s *sarifRun) codeFlow(f rules.Finding) *sarif.CodeFlow {
	out := sarif.NewCodeFlow()
	if len(f.Steps) > 0 {
		path := sarif.NewThreadFlow().WithID("path")
		for i, step := range f.Steps {
			path.AddLocation(sarif.NewThreadFlowLocation().WithLocation(s.location(step.Range, step.Text)).
				WithExecutionOrder(i + 1).WithImportance("essential"))
		}
		out.AddThreadFlow(path)
	}
	if len(f.Confirmation.Moments) > 0 {
		out.AddThreadFlow(s.runFlow(f))
	}
	return out
}

// runFlow is a run with its clock. What happens nowhere in the code stands where the code was last.
func (s *sarifRun) runFlow(f rules.Finding) *sarif.ThreadFlow {
	run := sarif.NewThreadFlow().WithID("run").WithMessage(sarif.NewTextMessage("A run in the sandbox that shows it, on a virtual clock."))
	last := s.location(f.Range, "").PhysicalLocation
	for i, m := range f.Confirmation.Moments {
		if m.File != "" {
			last = sarif.NewPhysicalLocation().WithArtifactLocation(s.artifact(m.File)).
				WithRegion(sarif.NewRegion().WithStartLine(max(m.Line, 1)))
		}
		at := sarif.NewLocationWithPhysicalLocation(last).WithMessage(sarif.NewTextMessage(fmt.Sprintf("T = %d ms: %s.", m.MS, m.Text)))
		run.AddLocation(sarif.NewThreadFlowLocation().WithLocation(at).WithExecutionOrder(i + 1).WithImportance("essential"))
	}
	return run
}

// fix has one change a file, in the order of the edits.
func (s *sarifRun) fix(x rules.Fix) *sarif.Fix {
	out := sarif.NewFix().WithDescription(sarif.NewTextMessage(capital(x.Title) + "."))
	bag := sarif.NewPropertyBag().Add("safe", x.Safe)
	if x.Verification != "" {
		bag.Add("verification", x.Verification)
	}
	out.WithProperties(bag)
	var files []string
	for _, e := range x.Edits {
		i := slices.Index(files, e.Range.File)
		if i < 0 {
			i, files = len(files), append(files, e.Range.File)
			out.AddArtifactChange(sarif.NewArtifactChange().WithArtifactLocation(s.artifact(e.Range.File)))
		}
		r := sarif.NewReplacement().WithDeletedRegion(s.region(e.Range))
		if e.Text != "" {
			r.WithInsertedContent(sarif.NewArtifactContent().WithText(e.Text))
		}
		out.ArtifactChanges[i].AddReplacement(r)
	}
	return out
}

// lineHash is GitHub's hash of the line where a range starts.
func (s *sarifRun) lineHash(r flow.Range) string {
	hashes, ok := s.hashes[r.File]
	if !ok {
		var text []byte
		if s.texts != nil {
			text, _ = s.texts(r.File)
		}
		hashes = lineHashes(text)
		s.hashes[r.File] = hashes
	}
	return hashes[min(s.index(r.File).Line(r.Start), len(hashes)-1)]
}

// invocation says whether the tool could do its work.
func (s *sarifRun) invocation() *sarif.Invocation {
	inv := sarif.NewInvocation().WithExecutionSuccessful(len(s.r.Problems) == 0)
	for _, x := range s.r.Problems {
		n := sarif.NewNotification().WithLevel("error").WithMessage(sarif.NewTextMessage(capital(x.Text) + "."))
		if x.File != "" {
			at := sarif.NewPhysicalLocation().WithArtifactLocation(s.artifact(x.File))
			if x.Line > 0 {
				at.WithRegion(sarif.NewRegion().WithStartLine(x.Line).WithStartColumn(max(x.Column, 1)))
			}
			n.AddLocation(sarif.NewLocationWithPhysicalLocation(at))
		}
		inv.AddToolExecutionNotification(n)
	}
	return inv
}

func level(s rules.Severity) string {
	switch s {
	case rules.Error:
		return "error"
	case rules.Warning:
		return "warning"
	}
	return "note"
}

func problemSeverity(s rules.Severity) string {
	if s == rules.Error || s == rules.Warning {
		return string(s)
	}
	return "recommendation"
}

// SeverityOf is the severity that a level of SARIF stands for.
func SeverityOf(level string) rules.Severity {
	switch level {
	case "error":
		return rules.Error
	case "warning":
		return rules.Warning
	}
	return rules.Info
}
