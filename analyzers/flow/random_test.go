package flow

import (
	"fmt"
	"math/rand"
	"reflect"
	"strings"
	"testing"
)

// generator writes random programs: whatever the graph is, the solver must end, not panic and say the same again.
type generator struct {
	*rand.Rand
	b     strings.Builder
	depth int
}

func (g *generator) pick(list ...string) string { return list[g.Intn(len(list))] }

func (g *generator) v() string { return fmt.Sprintf("v%d", g.Intn(6)) }

func (g *generator) f() string { return fmt.Sprintf("f%d", g.Intn(6)) }

func (g *generator) line(format string, args ...any) { fmt.Fprintf(&g.b, format+"\n", args...) }

func (g *generator) body() {
	for range g.Intn(5) {
		g.statement()
	}
}

func (g *generator) statement() {
	if g.depth < 3 && g.Intn(4) == 0 {
		g.depth++
		switch g.Intn(4) {
		case 0:
			g.line("if %s {", g.pick("*", g.v(), g.v()+" == 1", g.v()+"?"))
			g.body()
			g.line("} else {")
			g.body()
			g.line("}")
		case 1:
			g.line("while * {")
			g.body()
			g.line("}")
		default:
			g.line("try {")
			g.body()
			g.line("} catch {")
			g.body()
			g.line("}")
		}
		g.depth--
		return
	}
	switch g.Intn(24) {
	case 0, 1:
		g.line("%s = start w%s%s", g.v(), g.pick("", " fail"), g.pick("", " unsure"))
	case 2:
		g.line("callback read %s: truthy | null %s", g.f(), g.v())
	case 3:
		g.line("%s = %s %s", g.v(), g.pick("timer", "interval"), g.f())
	case 4:
		g.line("event %s %s", g.f(), g.f())
	case 5:
		g.line("cancel %s", g.v())
	case 6:
		g.line("%s = defer d", g.v())
	case 7:
		g.line("%s %s %s", g.pick("resolve", "reject", "unsure"), g.v(), g.v())
	case 8:
		g.line("escape %s", g.pick("", g.v()))
	case 9:
		g.line("drop %s", g.v())
	case 10:
		g.line("append %s %s", g.v(), g.v())
	case 11, 12:
		g.line("%s = then %s %s %s", g.v(), g.v(), g.pick("", "ok="+g.f(), "opaque=ok,fail"), g.pick("", "fail="+g.f(), "finally="+g.f()))
	case 13:
		g.line("%s = %s %s %s", g.v(), g.pick("all", "settled", "race", "any"), g.v(), g.v())
	case 14, 15:
		g.line("%s = wait %s", g.v(), g.v())
	case 16:
		g.line("%s = maybe w fail", g.v())
	case 17, 18:
		g.line("%s = call %s %s", g.v(), g.pick(g.f(), g.f()+"|"+g.f()), g.v())
	case 19:
		g.line("throws x %s on=%s", g.pick("", "weak", "always"), g.pick("", g.v()))
	case 20:
		g.line("complete cb %s", g.pick("", "error"))
	case 21:
		g.line("%s = %s", g.v(), g.pick("1", "null", "false", "object", "unknown", g.v()))
	case 22:
		g.line("%s", g.pick("return "+g.v(), "return", "throw", "rethrow"))
	case 23:
		g.line("complete cb")
	}
}

func (g *generator) program() string {
	for i := range 7 {
		name := fmt.Sprintf("f%d", i-1)
		if i == 0 {
			name = "handler"
		}
		g.line("%s%s(%s %s) {", g.pick("", "async "), name, g.v(), g.v())
		g.statement()
		g.body()
		g.line("}")
	}
	return g.b.String()
}

func TestRandomPrograms(t *testing.T) {
	protocols := []Protocol{twilio, lambda, webLike}
	for seed := range int64(120) {
		g := &generator{Rand: rand.New(rand.NewSource(seed))}
		text := g.program()
		prog := parse(t, text)
		lim := Limits{States: 1500}
		p := protocols[int(seed)%len(protocols)]
		first := Solve(prog.first, nil, p, lim)
		again := Solve(prog.first, nil, p, lim)
		if !reflect.DeepEqual(briefs(first), briefs(again)) || first.States != again.States {
			t.Errorf("seed %d: not deterministic", seed)
		}
		for _, o := range first.Outcomes {
			for _, c := range o.Completions {
				if c.Step < 0 || c.Step >= max(1, len(o.Steps)) {
					t.Errorf("seed %d: step %d of %d", seed, c.Step, len(o.Steps))
				}
			}
		}
	}
}
