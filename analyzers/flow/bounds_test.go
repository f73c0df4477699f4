package flow

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func repeat(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func TestIndependentIfsStayLinear(t *testing.T) {
	text := "handler() {\n" + repeat(30, "if c%d {\nnote x\n}\n") + "complete cb\n}"
	r := run(t, text, twilio)
	if r.States > 200 || len(r.Outcomes) != 1 {
		t.Errorf("%d states, %d outcomes", r.States, len(r.Outcomes))
	}
}

func TestIndependentTriesStayLinear(t *testing.T) {
	text := "async handler() {\n" +
		repeat(30, "try {\np%[1]d = start w fail\nwait p%[1]d\nwait unknown\n} catch {\nnote x\n}\n") + "complete cb\n}"
	r := run(t, text, twilio)
	if r.States > 600 || len(r.Outcomes) != 1 {
		t.Errorf("%d states, %d outcomes", r.States, len(r.Outcomes))
	}
}

func TestDroppedWorkStaysPolynomial(t *testing.T) {
	text := "async handler() {\n" + repeat(12, "p%[1]d = start w fail\ndrop p%[1]d\n") + "wait unknown\ncomplete cb\n}"
	r := run(t, text, twilio)
	if r.Capped || r.States > 2000 {
		t.Errorf("%d states, capped %v", r.States, r.Capped)
	}
}

func TestBranchesInsideCalls(t *testing.T) {
	text := "handler() {\n" + repeat(20, "x%d = call pure\n") + "complete cb\n}\n" +
		"pure(a b c) {\nif * {\nnote a\n}\nif * {\nreturn object\n}\nreturn null\n}"
	r := run(t, text, twilio)
	if r.States > 600 || len(r.Outcomes) != 1 {
		t.Errorf("%d states, %d outcomes", r.States, len(r.Outcomes))
	}
}

func TestLongChainOfBlocks(t *testing.T) {
	last := &Block{Ops: []Op{Complete{How: "cb"}}, Term: Return{}}
	entry := last
	for range 10000 {
		entry = &Block{Term: Jump{To: entry}}
	}
	r := Solve(&Func{Build: func() *Block { return entry }}, nil, twilio, Limits{})
	if len(r.Outcomes) != 1 || r.Capped {
		t.Errorf("%d outcomes, capped %v", len(r.Outcomes), r.Capped)
	}
}

func TestRecursion(t *testing.T) {
	check(t, []solveCase{
		{"with a base case", twilio, `handler() {
			call f
			complete cb
		}
		f() {
			if * {
				call f
				call f
			}
		}`, []string{"finished cb@3"}},
		{"mutual", twilio, `handler() {
			call even
			complete cb
		}
		even() {
			if * {
				call odd
			}
		}
		odd() {
			if * {
				call even
			}
		}`, []string{"finished cb@3"}},
	})
	r := run(t, "handler() {\ncall f\ncomplete cb\n}\nf() {\nif * {\nnote x\n}\ncall f\n}", twilio)
	if len(r.Outcomes) != 0 || len(r.Recursion) == 0 || r.Recursion[len(r.Recursion)-1].Range.Start != 9 {
		t.Errorf("outcomes %v, recursion %v", briefs(r), r.Recursion)
	}
}

func TestLoops(t *testing.T) {
	r := run(t, "async handler() {\nif a {\nloop {\nwait unknown\n}\n}\ncomplete cb\n}", twilio)
	if len(r.Loops) != 1 || len(r.Loops[0].Steps()) != 1 || r.Loops[0].Steps()[0].Text != "`a` is true" {
		t.Errorf("loops %+v", r.Loops)
	}
	if got := briefs(r); len(got) != 1 || got[0] != "finished cb@7" {
		t.Errorf("outcomes %v", got)
	}
}

func TestLimits(t *testing.T) {
	prog := parse(t, "handler() {\n"+repeat(20, "if c%d {\nnote x\n}\n")+"complete cb\n}")
	r := Solve(prog.first, nil, twilio, Limits{States: 10})
	if !r.Capped {
		t.Error("not capped")
	}
	prog = parse(t, "f0() {\ncall f1\n}\n"+strings.ReplaceAll(repeat(60, "f%[1]d() {\ncall g%[1]d\n}\n"), "f0() {\ncall g0\n}\n", ""))
	for i := 1; i < 60; i++ {
		prog.fn(fmt.Sprintf("g%d", i)).Build = prog.fn(fmt.Sprintf("f%d", i+1)).Build
	}
	prog.fn("g59").Build = prog.fn("f1").Build
	if r := Solve(prog.first, nil, twilio, Limits{}); !r.Capped {
		t.Error("a deep stack is not capped")
	}
}

func TestStepsAreShortest(t *testing.T) {
	r := run(t, "handler(a b) {\nif a {\nif b {\nnote long\n}\n}\nif b {\nreturn\n}\ncomplete cb\n}", twilio)
	for _, o := range r.Outcomes {
		if len(o.Completions) == 0 && len(o.Steps) > 2 {
			t.Errorf("steps %v", o.Steps)
		}
	}
}

func TestDeterministic(t *testing.T) {
	text := "async handler() {\nl = object\nwhile * {\np = call h\nappend l p\n}\na = all l\ntry {\nwait a\n} catch {\n}\n" +
		"complete cb\n}\nasync h() {\nq = start w fail\nwait q\n}"
	first := fmt.Sprint(run(t, text, twilio).Outcomes)
	for range 5 {
		if again := fmt.Sprint(run(t, text, twilio).Outcomes); len(again) != len(first) {
			t.Fatal("outcomes differ")
		}
	}
}

func TestSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip()
	}
	text := "async handler(e) {\n" + repeat(12, "p%[1]d = start w fail\ndrop p%[1]d\nif c%[1]d {\ntimer f\n}\n") +
		"wait unknown\ncomplete cb\n}\nf() {\ncomplete late\n}"
	start := time.Now()
	r := run(t, text, twilio)
	took := time.Since(start)
	t.Logf("%d states in %v (%.0f a second), %d outcomes, capped %v", r.States, took,
		float64(r.States)/took.Seconds(), len(r.Outcomes), r.Capped)
}

func BenchmarkTypicalHandler(b *testing.B) {
	text := `async handler(event err) {
		if event == "POST" {
			try {
				body = call parse event
				p = start save fail
				r = wait p
				if r {
					complete cb
					return
				}
				complete cb error
			} catch {
				complete cb error
			}
			return
		}
		complete cb
	}
	parse(x) {
		if x {
			return object
		}
		return null
	}`
	for b.Loop() {
		prog := parse(&testing.T{}, text)
		Solve(prog.first, nil, twilio, Limits{})
	}
}

func BenchmarkSolveOnly(b *testing.B) {
	text := "async handler() {\n" +
		repeat(10, "try {\np%[1]d = start w fail\nwait p%[1]d\nwait unknown\n} catch {\nnote x\n}\n") + "complete cb\n}"
	prog := parse(&testing.T{}, text)
	for b.Loop() {
		Solve(prog.first, nil, twilio, Limits{})
	}
}

func TestCallBeyondTheBound(t *testing.T) {
	deep := &Func{Name: "deep", Build: func() *Block { return &Block{Term: Return{}} }}
	entry := &Block{Term: Return{}}
	x := &Var{Name: "x"}
	for range maxFuncs + 10 {
		next := &Func{Name: "f", Build: func() *Block { return &Block{Term: Return{}} }}
		entry.Ops = append(entry.Ops, Call{Funcs: []*Func{next, deep}, Result: x})
	}
	entry.Term = Branch{Cond: Cond{Test: IsTruthy, Of: Operand{Var: x}}, Then: &Block{Ops: []Op{Complete{How: "cb"}}, Term: Return{}}, Else: &Block{Term: Return{}}}
	if r := Solve(&Func{Build: func() *Block { return entry }}, nil, twilio, Limits{}); !r.Capped {
		t.Error("the bound on functions was not hit")
	}
}

// A parameter without a name takes an argument all the same.
func TestNamelessParameter(t *testing.T) {
	given := &Var{Name: "given"}
	callee := &Func{Name: "callee", Params: []*Var{nil}, Build: func() *Block { return &Block{Term: Return{}} }}
	handler := &Func{Name: "handler", Params: []*Var{given}, Build: func() *Block {
		return &Block{Ops: []Op{Call{Funcs: []*Func{callee}, Args: []Operand{{Var: given}}}}, Term: Return{}}
	}}
	if res := Solve(handler, nil, twilio, Limits{}); len(res.Outcomes) == 0 {
		t.Error("no outcome")
	}
}
