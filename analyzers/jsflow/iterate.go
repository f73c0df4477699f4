package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// iterates tells whether an array method calls its function at once, for each element.
func iterates(name string) bool {
	switch name {
	case "forEach", "map", "filter", "some", "every", "find", "findIndex", "findLast", "findLastIndex", "flatMap",
		"reduce", "reduceRight", "sort", "toSorted", "replace", "replaceAll":
		return true
	}
	return false
}

// arrayMethod lowers iteration: the function runs any number of times, at once.
func (b *builder) arrayMethod(n *jsparse.Call, m *jsparse.Member, recv flow.Operand, args []argument) (flow.Operand, bool) {
	if m.Name == "push" || m.Name == "unshift" {
		return b.push(m, args)
	}
	if !iterates(m.Name) || len(args) == 0 {
		return unknownOperand(), false
	}
	at := 0
	if m.Name == "replace" || m.Name == "replaceAll" {
		at = len(args) - 1
	}
	fn := args[at]
	if !callable(fn.val) {
		return unknownOperand(), false
	}
	switch of := b.s.eval(m.Object, b.e).(type) {
	case client, responder, *instance, *namespace, kept:
		return unknownOperand(), false
	case *object:
		if b.s.objectMember(of, m.Name) != nil {
			return unknownOperand(), false
		}
	case indexed:
		if own, has := of.shape.Member(m.Name); has && (m.Name != "forEach" || own.Call().Promise) {
			return unknownOperand(), false // forEach of a result set does as an array's: nobody looks at what the function gives
		}
	case typed:
		if b.s.typedMember(of, m.Name) != nil {
			return unknownOperand(), false
		}
	case external:
		if of.path == "" {
			return unknownOperand(), false
		}
	}
	outer := b.at
	b.at = b.rng(fn.x)
	target := b.s.target(fn.val, b.s.each(b.s.eval(m.Object, b.e), m.Name), b)
	b.at = outer
	if target == nil {
		return unknownOperand(), false
	}
	return b.iterate(n, m, recv, args, target), true
}

func (b *builder) iterate(n *jsparse.Call, m *jsparse.Member, _ flow.Operand, args []argument, fn *flow.Func) flow.Operand {
	all, each := b.temp(), b.temp()
	b.emit(flow.Set{To: all, From: known(flow.Object)})
	first := unknownOperand()
	if m.Name == "reduce" || m.Name == "reduceRight" {
		if len(args) > 1 {
			first = args[1].op
		}
		b.emit(flow.Set{To: all, From: first})
		first = flow.Operand{Var: all}
	}
	body, after := b.block(), b.block()
	some := b.someRound(m.Object, after)
	head := b.head(&flow.Loop{Range: b.rng(n), Head: b.rng(m)})
	round := flow.Choose{Range: b.rng(m), To: []*flow.Block{body, after}, Says: []string{"", ""}}
	if some {
		b.end(flow.Jump{To: body})
	} else {
		b.end(round)
	}
	b.cur = body
	b.loops++
	site := b.site(args[0].x, b.calleeText(n))
	site.InArray = true
	site.Range = b.rng(n)
	if m.Name == "forEach" || m.Name == "map" {
		site.Method = flow.Range{File: b.e.mod.path, Start: m.NameSpan.Start, End: m.NameSpan.End}
	}
	if b.statement != nil && b.statement.X == jsparse.Expr(n) {
		site.Statement = b.rng(b.statement)
	}
	b.emit(flow.Call{Site: site, Funcs: []*flow.Func{fn}, Args: []flow.Operand{first, unknownOperand(), unknownOperand()}, Result: each})
	b.collect(m.Name, site, all, each)
	b.loops--
	if some {
		round.To = []*flow.Block{head, after}
		b.end(round)
	} else {
		b.end(flow.Jump{To: head})
	}
	b.cur = after
	switch m.Name {
	case "map", "flatMap", "reduce", "reduceRight":
		return flow.Operand{Var: all}
	case "find", "findLast":
		return b.found(n)
	case "filter", "sort", "toSorted":
		return known(flow.Object)
	}
	return unknownOperand()
}

// collect is what an array method does with each result.
func (b *builder) collect(name string, site flow.Site, all, each *flow.Var) {
	switch name {
	case "map", "flatMap":
		b.emit(flow.Append{To: all, From: flow.Operand{Var: each}})
	case "reduce", "reduceRight":
		b.emit(flow.Set{To: all, From: flow.Operand{Var: each}})
	default:
		b.emit(flow.Drop{Site: site, Of: flow.Operand{Var: each}})
	}
}

// each are the arguments that an array's method gives its callback, as far as they are known.
func (s *session) each(list value, method string) []value {
	el := s.element(list)
	if el == nil || strings.HasPrefix(method, "reduce") {
		return nil
	}
	return []value{el}
}

// found is the result of find: an element, or undefined.
func (b *builder) found(n *jsparse.Call) flow.Operand {
	r := b.temp()
	yes, no, join := b.block(), b.block(), b.block()
	b.end(flow.Choose{Range: b.rng(n), To: []*flow.Block{yes, no}, Says: []string{"", "`" + b.calleeText(n) + "` finds nothing and gives undefined"}})
	b.cur = yes
	b.emit(flow.Set{To: r, From: known(flow.Truthy)})
	b.end(flow.Jump{To: join})
	b.cur = no
	b.emit(flow.Set{To: r, From: known(flow.Undefined)})
	b.end(flow.Jump{To: join})
	b.cur = join
	return flow.Operand{Var: r}
}

// push keeps promises that are collected in an array.
func (b *builder) push(m *jsparse.Member, args []argument) (flow.Operand, bool) {
	id, ok := m.Object.(*jsparse.Ident)
	if !ok {
		return unknownOperand(), false
	}
	v := b.e.variable(id.Symbol)
	if v == nil {
		return unknownOperand(), false
	}
	for _, a := range args {
		if a.op.Var != nil {
			b.emit(flow.Append{To: v, From: a.op})
		}
		if !isClosure(a.val) {
			b.escape(m, a.val)
		}
	}
	return unknownOperand(), true
}
