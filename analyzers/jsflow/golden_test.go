package jsflow_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/analyzers/contract"
	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsflow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/modules"
	"github.com/handlervet/handlervet/analyzers/platform"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestOutcomes lowers and solves the handlers of testdata/*.txtar. Each archive is one project;
// each file whose first line is `// contract: NAME` holds a handler, and `want` what it can do.
func TestOutcomes(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { outcomes(t, name) })
	}
}

func outcomes(t *testing.T, name string) {
	ar, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	p := newProject(ar)
	var got strings.Builder
	for _, f := range ar.Files {
		if id, ok := strings.CutPrefix(firstLine(f.Data), "// contract: "); ok {
			fmt.Fprintf(&got, "%s\n", f.Name)
			p.describe(&got, f.Name, id)
		}
	}
	want := -1
	for i, f := range ar.Files {
		if f.Name == "want" {
			want = i
		}
	}
	if want < 0 {
		ar.Files = append(ar.Files, txtar.File{Name: "want"})
		want = len(ar.Files) - 1
	}
	if *update {
		ar.Files[want].Data = []byte(got.String())
		if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if w := string(ar.Files[want].Data); w != got.String() {
		t.Errorf("outcomes differ (run with -update to accept)\ngot:\n%s\nwant:\n%s", got.String(), w)
	}
}

func firstLine(b []byte) string {
	line, _, _ := strings.Cut(string(b), "\n")
	return strings.TrimSpace(line)
}

// project is an archive as a Source of trees and a file system for the resolver.
type project struct {
	texts map[string][]byte
	trees map[string]*jsparse.File
}

func newProject(ar *txtar.Archive) *project {
	p := &project{map[string][]byte{}, map[string]*jsparse.File{}}
	for _, f := range ar.Files {
		p.texts[f.Name] = f.Data
	}
	return p
}

func (p *project) Read(name string) ([]byte, error) {
	if b, ok := p.texts[name]; ok {
		return b, nil
	}
	return nil, os.ErrNotExist
}

func (p *project) Files() []string {
	var names []string
	for n := range p.texts {
		names = append(names, n)
	}
	return names
}

func (p *project) Parse(name string) (*jsparse.File, error) {
	if f, ok := p.trees[name]; ok {
		return f, nil
	}
	b, err := p.Read(name)
	if err != nil {
		return nil, err
	}
	f, err := jsparse.Parse(name, b)
	if err == nil {
		p.trees[name] = f
	}
	return f, err
}

// contractOf makes a contract: small ones of our own, so that the expectations here do not move with the platforms' facts.
func contractOf(id string) *platform.Contract {
	c := &platform.Contract{ID: id, Platform: id}
	switch id {
	case "callback":
		c.Args = []platform.Role{platform.RoleContext, platform.RoleData, platform.RoleCallback}
		c.Protocol = flow.Protocol{Mode: flow.ReturnNever, ThrowAnswers: true}
	case "response":
		c.Args = []platform.Role{platform.RoleData, platform.RoleResponder}
		c.ResponderMethods = []string{"end", "send", "json", "redirect"}
		c.Protocol = flow.Protocol{Mode: flow.ReturnNever, ThrowAnswers: true, RejectAnswers: true}
	case "value":
		c.Args = []platform.Role{platform.RoleData, platform.RoleContext}
		c.Protocol = flow.Protocol{Mode: flow.ReturnValue, ThrowAnswers: true, RejectAnswers: true}
	}
	return c
}

// run lowers and solves the handler of a file.
func (p *project) run(f *jsparse.File, file, id string, lim flow.Limits) (res *flow.Result, reason string) {
	l := jsflow.New(p, modules.New(p), p.Files())
	c := contractOf(id)
	low := l.Handler(&platform.Handler{Handler: contract.Handler{File: file, Contract: c}, Entry: entryOf(f)})
	if low.Func == nil {
		return &flow.Result{}, cmp.Or(low.Reason, "no function")
	}
	return flow.Solve(low.Func, low.Args, c.Protocol, lim), ""
}

func (p *project) describe(w *strings.Builder, file, id string) {
	f, err := p.Parse(file)
	if err != nil {
		fmt.Fprintf(w, "  %v\n", err)
		return
	}
	res, reason := p.run(f, file, id, flow.Limits{})
	if reason != "" {
		fmt.Fprintf(w, "  nothing: %s\n", reason)
		return
	}
	for _, o := range res.Outcomes {
		p.outcome(w, o)
	}
	for _, l := range res.Loops {
		if v := loopVerdict(l.Loop); v != "" {
			fmt.Fprintf(w, "  loop %s: %s\n", p.at(l.Loop.Range), v)
		}
	}
	if res.Capped {
		fmt.Fprintf(w, "  capped\n")
	}
}

func loopVerdict(l *flow.Loop) string {
	switch {
	case l.Endless:
		return "endless"
	case l.Unchanged:
		return "unchanged"
	case l.Receding != "":
		return "receding " + l.Receding
	case l.Polls:
		return "polls"
	case l.Retries:
		return "retries"
	}
	return ""
}

func entryOf(f *jsparse.File) platform.Entry {
	for _, s := range f.Body {
		switch s := s.(type) {
		case *jsparse.ExprStmt:
			a, ok := s.X.(*jsparse.Assign)
			if !ok {
				continue
			}
			if m, ok := a.Target.(*jsparse.Member); ok && m.Name == "handler" {
				return platform.Entry{Expr: a.Value}
			}
		case *jsparse.ExportDefault:
			return platform.Entry{Expr: s.X}
		case *jsparse.FuncDecl:
			if s.Default {
				return platform.Entry{Decl: s.Func}
			}
		}
	}
	return platform.Entry{}
}

var endNames = map[flow.End]string{flow.Finished: "finished", flow.Threw: "threw", flow.Rejected: "rejected", flow.WaitsForever: "waits forever"}

func (p *project) at(r flow.Range) string {
	return fmt.Sprintf("%s:%d", r.File, 1+strings.Count(string(p.texts[r.File][:r.Start]), "\n"))
}

func (p *project) outcome(w *strings.Builder, o flow.Outcome) {
	fmt.Fprintf(w, "  %s", endNames[o.End])
	for _, c := range o.Completions {
		fmt.Fprintf(w, ", %s at %s", c.How, p.at(c.Site.Range))
	}
	if o.Escaped {
		fmt.Fprintf(w, ", escaped")
	}
	for _, u := range o.Unhandled {
		fmt.Fprintf(w, ", unhandled at %s", p.at(u.Site.Range))
	}
	for _, l := range o.Lost {
		kind := "unwatched"
		if l.Dropped {
			kind = "dropped"
		}
		if l.Pending {
			kind += " pending"
		}
		fmt.Fprintf(w, ", %s at %s", kind, p.at(l.Site.Range))
	}
	if o.End == flow.WaitsForever {
		fmt.Fprintf(w, " for %s", p.at(o.WaitsFor.Range))
	}
	fmt.Fprintln(w)
}
