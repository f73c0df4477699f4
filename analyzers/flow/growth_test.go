package flow

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// allocated is how many bytes solving a program takes, garbage included.
func allocated(t *testing.T, text string) uint64 {
	t.Helper()
	prog := parse(t, text)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	Solve(prog.first, nil, twilio, Limits{})
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// What long and deep programs take must not grow by the square of their size: four times the size may take nine
// times the memory, not sixteen.
func TestMemoryGrowsWithTheProgram(t *testing.T) {
	chain := func(n int) string {
		var b strings.Builder
		b.WriteString("handler() {\np0 = start w fail\n")
		for i := range n {
			fmt.Fprintf(&b, "p%d = then p%d ok=f\n", i+1, i)
		}
		b.WriteString("complete cb\n}\nf(x) {\nreturn x\n}")
		return b.String()
	}
	facts := func(n int) string {
		return "handler() {\n" + repeat(n, "x%[1]d = object\nthrows y%[1]d\n") + "complete cb\n}"
	}
	loops := func(n int) string {
		return "handler() {\n" + repeat(n, "while c%d {\n") + strings.Repeat("}\n", n) + "complete cb\n}"
	}
	ifs := func(n int) string {
		return "handler() {\n" + repeat(n, "if c%d {\n") + strings.Repeat("}\n", n) + "complete cb\n}"
	}
	for name, program := range map[string]func(int) string{"chain": chain, "facts": facts, "loops": loops, "ifs": ifs} {
		t.Run(name, func(t *testing.T) {
			small, large := allocated(t, program(1500)), allocated(t, program(6000))
			if large > 9*small {
				t.Errorf("%d KB for 1,500, %d KB for 6,000: %.1f times", small>>10, large>>10, float64(large)/float64(small))
			}
		})
	}
}
