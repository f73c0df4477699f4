package goflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
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
	"database/sql.Tx.Prepare": {"PrepareContext", true}, "database/sql.Tx.Stmt": {"StmtContext", true},
	"net.Dial": {"net.Dialer.DialContext", false}, "crypto/tls.Dial": {"tls.Dialer.DialContext", false},
	"crypto/tls.Conn.Handshake": {"HandshakeContext", false},
	"net.LookupHost":            {"net.Resolver.LookupHost", false}, "net.LookupIP": {"net.Resolver.LookupIPAddr", false},
	"net.LookupAddr": {"net.Resolver.LookupAddr", false}, "net.LookupCNAME": {"net.Resolver.LookupCNAME", false},
	"net.LookupMX": {"net.Resolver.LookupMX", false}, "net.LookupNS": {"net.Resolver.LookupNS", false},
	"net.LookupSRV": {"net.Resolver.LookupSRV", false}, "net.LookupTXT": {"net.Resolver.LookupTXT", false},
	"os/exec.Command": {"exec.CommandContext", false},
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
			if d, ok := s.kept(x, block, ctx); ok && ctx != "" && !s.explained(d.Call) {
				list = append(list, d)
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

// kept is `c := context.Background()` where c then stands for the context at hand: it is given to a call that does not make another
// context of it.
func (s *source) kept(x *ast.AssignStmt, block ast.Node, ctx string) (Detached, bool) {
	if len(x.Lhs) != 1 || len(x.Rhs) != 1 {
		return Detached{}, false
	}
	made, ok := ast.Unparen(x.Rhs[0]).(*ast.CallExpr)
	if !ok || !s.makesContext(made) {
		return Detached{}, false
	}
	v := s.object(x.Lhs[0])
	given := false
	ast.Inspect(block, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt, *ast.DeferStmt, *ast.FuncLit:
			return false
		case *ast.CallExpr:
			callee := Callee(s.info, n)
			works := callee != nil && callee.Pkg() != nil && callee.Pkg().Path() != "context" && !cleanup.MatchString(callee.Name())
			given = given || v != nil && works && n.Pos() > x.End() &&
				slices.ContainsFunc(n.Args, func(a ast.Expr) bool { return s.object(a) == v })
		}
		return !given
	})
	remade := contains(block, func(n ast.Node) bool {
		again, ok := n.(*ast.AssignStmt)
		return ok && again != x && slices.ContainsFunc(again.Lhs, func(e ast.Expr) bool { return s.object(e) == v })
	})
	return Detached{Call: made, Context: ctx, Instead: "`" + ctx + "`"}, given && !remade
}

func (s *source) makesContext(call *ast.CallExpr) bool {
	name := FuncName(Callee(s.info, call))
	return name == "context.Background" || name == "context.TODO"
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
		if made, ok := ast.Unparen(a).(*ast.CallExpr); ok && s.makesContext(made) {
			return Detached{Call: made, Context: ctx, Instead: "`" + ctx + "`"}, true
		}
	}
	return Detached{}, false
}

// getsContext tells whether a request made without a context is given one later: `req.WithContext(ctx)`, or a call that is given both. One
// that is kept in no variable may be given one anywhere in the file.
func (s *source) getsContext(x *ast.CallExpr) bool {
	v := s.keptIn(x)
	found := false
	s.inspect(func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || found || s.fset.File(call.Pos()) != s.fset.File(x.Pos()) {
			return !found
		}
		if FuncName(Callee(s.info, call)) == "net/http.Request.WithContext" {
			sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			found = v == nil || ok && s.object(sel.X) == v
			return !found
		}
		given, context := false, false
		for _, a := range call.Args {
			given = given || v != nil && s.object(a) == v
			context = context || IsContext(s.info.TypeOf(a))
		}
		found = given && context
		return !found
	})
	return found
}

// keptIn is the variable that the first result of a call is assigned to, nil if there is none.
func (s *source) keptIn(x *ast.CallExpr) types.Object {
	var v types.Object
	s.inspect(func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Rhs) == 1 && ast.Unparen(a.Rhs[0]) == ast.Expr(x) {
			v = s.object(a.Lhs[0])
		}
		return v == nil
	})
	return v
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
