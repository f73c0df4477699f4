package goflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
)

// Detached is a call that ignores a context at hand.
type Detached struct {
	Call *ast.CallExpr
	// Context is how the context at hand is written: `ctx`, `r.Context()`.
	Context string
	// Instead is what to write.
	Instead string
	// Local means that a database of the service's own is asked, not somebody else's system.
	Local bool
}

// contextless do without a context what others do with one.
var contextless = map[string]struct {
	instead string
	local   bool
}{
	"net/http.Get":          {"http.NewRequestWithContext", false},
	"net/http.Head":         {"http.NewRequestWithContext", false},
	"net/http.Post":         {"http.NewRequestWithContext", false},
	"net/http.PostForm":     {"http.NewRequestWithContext", false},
	"net/http.NewRequest":   {"http.NewRequestWithContext", false},
	"net/http.Client.Get":   {"http.NewRequestWithContext", false},
	"net/http.Client.Head":  {"http.NewRequestWithContext", false},
	"net/http.Client.Post":  {"http.NewRequestWithContext", false},
	"database/sql.DB.Query": {"QueryContext", true}, "database/sql.DB.QueryRow": {"QueryRowContext", true},
	"database/sql.DB.Exec": {"ExecContext", true}, "database/sql.DB.Begin": {"BeginTx", true},
	"database/sql.DB.Prepare": {"PrepareContext", true}, "database/sql.DB.Ping": {"PingContext", true},
	"database/sql.Tx.Query": {"QueryContext", true}, "database/sql.Tx.QueryRow": {"QueryRowContext", true},
	"database/sql.Tx.Exec": {"ExecContext", true}, "database/sql.Stmt.Query": {"QueryContext", true},
	"database/sql.Stmt.QueryRow": {"QueryRowContext", true}, "database/sql.Stmt.Exec": {"ExecContext", true},
}

// explanation is how a comment speaks of a context.
var explanation = regexp.MustCompile(`(?i)\bcontext(\s|$)`)

// cleanup are names of what must happen even if the caller has gone, and of what makes a client for longer than a request.
var cleanup = regexp.MustCompile(
	`(?i)shutdown|close|stop|rollback|release|unlock|disconnect|flush|cleanup|detach|background|async|^new|^connect|^dial|^open|^log|^add$|^record$`)

// Detached lists the calls of the package that ignore the context which their function was given.
func (p *Package) Detached() []Detached {
	var list []Detached
	for _, f := range p.read().files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if ok && fn.Body != nil && !cleanup.MatchString(fn.Name.Name) {
				list = p.read().detached(fn.Body, contextOf(p.read(), fn), list)
			}
		}
	}
	return list
}

func (s *source) detached(block ast.Node, ctx string, list []Detached) []Detached {
	ast.Inspect(block, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.GoStmt, *ast.DeferStmt:
			return false
		case *ast.FuncLit:
			inner := contextOf(s, x)
			if inner == "" {
				inner = ctx
			}
			list = s.detached(x.Body, inner, list)
			return false
		case *ast.AssignStmt:
			if s.outlives(x) {
				return false
			}
		case *ast.IfStmt:
			if s.isFailure(x.Cond) {
				// What is done about an error may have to be done although the time is up.
				for _, part := range []ast.Node{x.Init, x.Else} {
					if part, ok := part.(ast.Stmt); ok && part != nil {
						list = s.detached(part, ctx, list)
					}
				}
				return false
			}
		case *ast.CallExpr:
			if FuncName(Callee(s.info, x)) == "sync.Once.Do" {
				return false // what is made once serves later requests, too
			}
			if d, ok := s.ignores(x, ctx); ok && ctx != "" && !s.explained(x) {
				list = append(list, d)
			}
		}
		return true
	})
	return list
}

// isFailure tells whether a condition is `err != nil`.
func (s *source) isFailure(cond ast.Expr) bool {
	x, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && x.Op == token.NEQ && isError(s.info.TypeOf(x.X)) && s.info.Types[x.Y].IsNil()
}

// explained tells whether a comment on the line of a call speaks of its context: then it is meant.
func (s *source) explained(x *ast.CallExpr) bool {
	at := s.fset.Position(x.Pos())
	for _, f := range s.files {
		if x.Pos() < f.FileStart || x.Pos() >= f.FileEnd {
			continue
		}
		for _, group := range f.Comments {
			if s.fset.Position(group.Pos()).Line == at.Line && explanation.MatchString(group.Text()) {
				return true
			}
		}
	}
	return false
}

// outlives tells whether a value is kept where later requests find it: a variable of the package, a field.
func (s *source) outlives(x *ast.AssignStmt) bool {
	for _, left := range x.Lhs {
		switch to := ast.Unparen(left).(type) {
		case *ast.Ident:
			if v, ok := s.info.Uses[to].(*types.Var); ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
				return true
			}
		case *ast.SelectorExpr:
			return true
		}
	}
	return false
}

func (s *source) ignores(x *ast.CallExpr, ctx string) (Detached, bool) {
	callee := Callee(s.info, x)
	name := FuncName(callee)
	if c, ok := contextless[name]; ok {
		return Detached{Call: x, Context: ctx, Instead: "`" + c.instead + "` with `" + ctx + "`", Local: c.local}, !s.getsContext(x)
	}
	if callee == nil || callee.Pkg() == nil || callee.Pkg().Path() == "context" || cleanup.MatchString(callee.Name()) {
		return Detached{}, false
	}
	for _, a := range x.Args {
		made, ok := ast.Unparen(a).(*ast.CallExpr)
		if !ok {
			continue
		}
		switch FuncName(Callee(s.info, made)) {
		case "context.Background", "context.TODO":
			return Detached{Call: made, Context: ctx, Instead: "`" + ctx + "`"}, true
		}
	}
	return Detached{}, false
}

// getsContext tells whether a request made without a context is given one later in the file: `req.WithContext(ctx)`.
func (s *source) getsContext(x *ast.CallExpr) bool {
	found := false
	s.inspect(func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && s.fset.File(call.Pos()) == s.fset.File(x.Pos()) {
			found = found || FuncName(Callee(s.info, call)) == "net/http.Request.WithContext"
		}
		return !found
	})
	return found
}

// contextOf is how a function's parameters give a context: `ctx`, `r.Context()`, or "" if they do not.
func contextOf(s *source, n ast.Node) string {
	kind, _ := body(n)
	if kind == nil {
		return ""
	}
	for _, field := range kind.Params.List {
		for _, name := range field.Names {
			v, ok := s.info.Defs[name].(*types.Var)
			switch {
			case !ok || name.Name == "_":
			case IsContext(v.Type()):
				return name.Name
			case IsNamed(v.Type(), "net/http", "Request"):
				return name.Name + ".Context()"
			}
		}
	}
	return ""
}
