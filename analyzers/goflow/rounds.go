package goflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// rounds is how a loop waits that runs a known number of times if nothing leaves it before.
type rounds struct {
	before  int                   // ms in all rounds but the last
	last    map[*ast.CallExpr]int // what each call waits in the last round, in ms
	longest *ast.CallExpr         // the call that waits longest
}

// maxRounds bounds how many rounds are counted.
const maxRounds = 1000

// counter runs a loop with the variables whose values are known.
type counter struct {
	*source
	known map[types.Object]constant.Value
	round map[*ast.CallExpr]int
}

// rounds counts the rounds of a loop and what they wait; nil if nobody can tell.
func (s *source) rounds(loop ast.Node, content *ast.BlockStmt) *rounds {
	if !s.waits(content) {
		return nil
	}
	c := &counter{source: s, known: map[types.Object]constant.Value{}}
	c.begin(loop)
	r := &rounds{}
	most := 0
	for n := 0; ; n++ {
		more, sure := c.goesOn(loop, n)
		if !sure || n > maxRounds {
			return nil
		}
		if !more {
			return r
		}
		r.before += sum(r.last)
		c.round = map[*ast.CallExpr]int{}
		c.statements(content.List)
		r.last = c.round
		for call, ms := range r.last {
			if ms > most {
				most, r.longest = ms, call
			}
		}
		if f, ok := loop.(*ast.ForStmt); ok && f.Post != nil {
			c.statement(f.Post)
		}
	}
}

func sum(list map[*ast.CallExpr]int) int {
	total := 0
	for _, ms := range list {
		total += ms
	}
	return total
}

// waits tells whether a loop's own statements sleep.
func (s *source) waits(content *ast.BlockStmt) bool {
	found := false
	ast.Inspect(content, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			found = found || FuncName(Callee(s.info, x)) == "time.Sleep" || isTimer(s, x)
		}
		return !found
	})
	return found
}

// begin learns the variables that a loop begins with: those that it declares, and those that were given one constant before it.
func (c *counter) begin(loop ast.Node) {
	c.eachGiven(func(to types.Object, e ast.Expr) {
		if to == nil || e.Pos() > loop.Pos() {
			return
		}
		_, twice := c.known[to]
		if c.known[to] = c.value(e); twice {
			c.known[to] = constant.MakeUnknown()
		}
	})
	c.inspect(func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.IncDecStmt:
			if x.Pos() < loop.Pos() {
				c.set(x.X, constant.MakeUnknown())
			}
		case *ast.UnaryExpr:
			if x.Op == token.AND {
				c.set(x.X, constant.MakeUnknown())
			}
		}
		return true
	})
	if f, ok := loop.(*ast.ForStmt); ok && f.Init != nil {
		c.statement(f.Init)
	}
}

// goesOn tells whether another round follows.
func (c *counter) goesOn(loop ast.Node, n int) (more, sure bool) {
	switch x := loop.(type) {
	case *ast.ForStmt:
		if x.Cond == nil {
			return false, false
		}
		v := c.value(x.Cond)
		return v.Kind() == constant.Bool && constant.BoolVal(v), v.Kind() == constant.Bool
	case *ast.RangeStmt:
		return c.ranges(x, n)
	}
	return false, false
}

// ranges tells whether a range over a number or a list of constants goes on, and gives its variables their values.
func (c *counter) ranges(x *ast.RangeStmt, n int) (more, sure bool) {
	give := func(to ast.Expr, v constant.Value) {
		if id, ok := to.(*ast.Ident); ok && c.info.ObjectOf(id) != nil {
			c.known[c.info.ObjectOf(id)] = v
		}
	}
	give(x.Key, constant.MakeInt64(int64(n)))
	if count := c.value(x.X); count.Kind() == constant.Int {
		most, ok := constant.Int64Val(count)
		return int64(n) < most, ok
	}
	list, ok := ast.Unparen(x.X).(*ast.CompositeLit)
	if id, isName := ast.Unparen(x.X).(*ast.Ident); isName {
		list, ok = c.madeOf(c.info.Uses[id]).(*ast.CompositeLit)
	}
	if !ok || n >= len(list.Elts) {
		return false, ok
	}
	give(x.Value, c.value(list.Elts[n]))
	return true, true
}

func (c *counter) statements(list []ast.Stmt) {
	for _, s := range list {
		c.statement(s)
	}
}

// statement runs a statement as far as it is known. Of what depends on something unknown, the way is taken that waits and stays.
func (c *counter) statement(s ast.Stmt) {
	switch x := s.(type) {
	case *ast.BlockStmt:
		c.statements(x.List)
	case *ast.IfStmt:
		c.branch(x)
	case *ast.AssignStmt:
		c.assign(x)
	case *ast.IncDecStmt:
		op := token.ADD
		if x.Tok == token.DEC {
			op = token.SUB
		}
		c.set(x.X, c.binary(c.value(x.X), op, constant.MakeInt64(1)))
	case *ast.SelectStmt:
		c.choose(x)
	case *ast.ExprStmt, *ast.DeclStmt:
		c.sleeping(x)
	}
}

// sleeping notes what a statement waits.
func (c *counter) sleeping(s ast.Node) {
	ast.Inspect(s, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if len(x.Args) == 1 && (FuncName(Callee(c.info, x)) == "time.Sleep" || isTimer(c.source, x)) {
				c.round[x] = milliseconds(c.value(x.Args[0]))
			}
		}
		return true
	})
}

func (c *counter) branch(x *ast.IfStmt) {
	if x.Init != nil {
		c.statement(x.Init)
	}
	v := c.value(x.Cond)
	then := c.waits(x.Body) && !endsLoop(x.Body)
	if v.Kind() == constant.Bool {
		then = constant.BoolVal(v)
	}
	switch {
	case then:
		c.statements(x.Body.List)
	case x.Else != nil:
		c.statement(x.Else)
	}
}

// endsLoop tells whether a block ends with leaving the loop.
func endsLoop(block *ast.BlockStmt) bool {
	if len(block.List) == 0 {
		return false
	}
	switch x := block.List[len(block.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return x.Tok != token.CONTINUE
	}
	return false
}

// choose: of several channels, the timer's speaks if no other one does.
func (c *counter) choose(x *ast.SelectStmt) {
	for _, s := range x.Body.List {
		clause, ok := s.(*ast.CommClause)
		if ok && clause.Comm != nil && c.waits(&ast.BlockStmt{List: []ast.Stmt{clause.Comm}}) {
			c.sleeping(clause.Comm)
			c.statements(clause.Body)
			return
		}
	}
}

func (c *counter) assign(x *ast.AssignStmt) {
	for i, left := range x.Lhs {
		v := constant.MakeUnknown()
		if len(x.Lhs) == len(x.Rhs) {
			v = c.value(x.Rhs[i])
			if op, ok := combining(x.Tok); ok {
				v = c.binary(c.value(left), op, v)
			}
		}
		c.set(left, v)
	}
}

func (c *counter) set(to ast.Expr, v constant.Value) {
	if id, ok := ast.Unparen(to).(*ast.Ident); ok && c.info.ObjectOf(id) != nil {
		c.known[c.info.ObjectOf(id)] = v
	}
}

// combining is the operator of an assignment such as `*=`.
func combining(t token.Token) (token.Token, bool) {
	if t < token.ADD_ASSIGN || t > token.AND_NOT_ASSIGN {
		return 0, false
	}
	return t - token.ADD_ASSIGN + token.ADD, true
}
