package flow

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// brief writes an outcome as the tests compare it: the end, the lines of the completions, what was lost and what
// nobody handled.
func brief(o Outcome) string {
	var b strings.Builder
	b.WriteString([]string{"finished", "threw", "rejected", "waits"}[o.End])
	for _, c := range o.Completions {
		fmt.Fprintf(&b, " %s", c.How)
		if c.Error {
			b.WriteString("!")
		}
		fmt.Fprintf(&b, "@%d", c.Site.Range.Start)
	}
	if o.Escaped {
		b.WriteString(" escaped")
	}
	for _, l := range o.Lost {
		fmt.Fprintf(&b, " lost@%d", l.Site.Range.Start)
		if l.Inner != nil {
			fmt.Fprintf(&b, "(%s)", l.Inner.Name)
		}
		for _, f := range []struct {
			on   bool
			name string
		}{{l.Dropped, "D"}, {l.Handled, "H"}, {l.Pending, "P"}, {l.Failed, "F"}, {l.AfterCompletion, "A"}} {
			if f.on {
				b.WriteString(f.name)
			}
		}
	}
	for _, u := range o.Unhandled {
		fmt.Fprintf(&b, " unhandled@%d", u.Site.Range.Start)
		if u.Chain.Range.Start != 0 {
			fmt.Fprintf(&b, "<%d", u.Chain.Range.Start)
		}
	}
	return b.String()
}

func briefs(r *Result) []string {
	var list []string
	for _, o := range r.Outcomes {
		if b := brief(o); !slices.Contains(list, b) {
			list = append(list, b)
		}
	}
	slices.Sort(list)
	return list
}

func run(t *testing.T, text string, p Protocol) *Result {
	t.Helper()
	prog := parse(t, text)
	var args []Operand
	for range prog.first.Params {
		args = append(args, Operand{})
	}
	return Solve(prog.first, args, p, Limits{})
}

var (
	twilio  = Protocol{Mode: ReturnNever}
	lambda  = Protocol{Mode: ReturnThenable, RejectAnswers: true, ThrowAnswers: true, FloatingAnswers: true, WaitsForWork: true}
	webLike = Protocol{Mode: ReturnValue, RejectAnswers: true, ThrowAnswers: true}
)

type solveCase struct {
	name string
	p    Protocol
	text string
	want []string
}

func check(t *testing.T, cases []solveCase) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := run(t, c.text, c.p)
			if r.Capped {
				t.Error("capped")
			}
			got := briefs(r)
			slices.Sort(c.want)
			if !slices.Equal(got, c.want) {
				t.Errorf("got:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			}
		})
	}
}

func TestCompletions(t *testing.T) {
	check(t, []solveCase{
		{"one", twilio, `handler() {
			complete cb
		}`, []string{"finished cb@2"}},
		{"none", twilio, `handler() {
		}`, []string{"finished"}},
		{"no return after the error", twilio, `handler(err) {
			if err {
				complete cb error
			}
			complete cb
		}`, []string{"finished cb!@3 cb@5", "finished cb@5"}},
		{"return after the error", twilio, `handler(err) {
			if err {
				complete cb error
				return
			}
			complete cb
		}`, []string{"finished cb!@3", "finished cb@6"}},
		{"done flag", twilio, `handler() {
			done = false
			if * {
				complete cb
				done = true
			}
			if done {
				return
			}
			complete cb
		}`, []string{"finished cb@4", "finished cb@10"}},
		{"helper that answers and says so", twilio, `handler(x) {
			ok = call helper x
			if ok {
				complete cb
			}
		}
		helper(y) {
			if y {
				return true
			}
			complete cb error
			return false
		}`, []string{"finished cb!@11", "finished cb@4"}},
		{"same condition twice", twilio, `handler(e) {
			if e {
				complete cb error
			}
			if e {
				return
			}
			complete cb
		}`, []string{"finished cb!@3", "finished cb@8"}},
		{"constants of a switch", twilio, `handler(e) {
			if e == "a" {
				complete cb
			}
			if e == 'b' {
				complete cb
			}
		}`, []string{"finished", "finished cb@3", "finished cb@6"}},
		{"in a loop", twilio, `handler() {
			while * {
				complete cb
			}
		}`, []string{"finished", "finished cb@3", "finished cb@3 cb@3", "finished cb@3 cb@3 cb@3"}},
		{"escaped", twilio, `handler() {
			escape
		}`, []string{"finished escaped"}},
	})
}
