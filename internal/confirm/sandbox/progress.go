package sandbox

import (
	"math"

	"github.com/dop251/goja"
)

// progress says whether a run that is out of fuel was getting anywhere: whether conditions changed, or decisions were
// taken, while the second half of the fuel was spent.
type progress struct {
	from      int // fuel at which the second half begins
	begun     bool
	decisions int // taken before
	closer    bool
	distance  map[int]float64
	seen      map[any]bool
}

// enough distinct values of plain conditions mean that something moves.
const enough = 8

func (p *progress) begin(m *machine) bool {
	if m.fuel > p.from {
		return false
	}
	if !p.begun {
		p.begun, p.decisions = true, m.decisions
		p.distance, p.seen = map[int]float64{}, map[any]bool{}
	}
	return true
}

// relation sees the operands of a comparison: coming closer to the bound is progress.
func (p *progress) relation(m *machine, a, b goja.Value) {
	if !p.begin(m) {
		return
	}
	x, ok1 := number(a)
	y, ok2 := number(b)
	if !ok1 || !ok2 {
		return
	}
	at, d := m.site, math.Abs(x-y)
	if before, ok := p.distance[at]; ok && d < before {
		p.closer = true
	}
	p.distance[at] = d
}

// truth sees a plain condition.
func (p *progress) truth(m *machine, v goja.Value) {
	if !p.begin(m) || len(p.seen) > enough {
		return
	}
	if o, ok := v.(*goja.Object); ok {
		p.seen[o] = true
	} else {
		p.seen[v.Export()] = true
	}
}

func (p *progress) made(m *machine) bool {
	return p.closer || len(p.seen) > enough || !p.begun || m.decisions > p.decisions
}
