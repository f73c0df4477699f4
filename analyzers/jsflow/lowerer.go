// Package jsflow lowers JavaScript and TypeScript handlers to the flow graph. Third step of the
// way: tree + contract → graph. What a name stands for is determined without following paths
// (eval.go); in which order things happen is left to the graph and its solver.
package jsflow

import (
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/modules"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// Source gives the trees of the project's files; it caches.
type Source interface {
	Parse(path string) (*jsparse.File, error)
}

// Lowerer lowers the handlers of one project. It may be used by several goroutines.
type Lowerer struct {
	src   Source
	res   *modules.Resolver
	files map[string]bool
	// private are the files that only Twilio's functions can reach, sorted.
	private []string
	// declarations are the project's declaration files, sorted.
	declarations []string
	index        *promiseindex.Index
	// shapes are what the index said of packages' members, so that it is asked once.
	shapes *shapes
	read   *jsparse.Memo[*module]
}

// shapes is a table for several goroutines.
type shapes struct{ known sync.Map }

func (s *shapes) get(c external) (promiseindex.Shape, bool) {
	v, ok := s.known.Load(c)
	if !ok {
		return promiseindex.Shape{}, false
	}
	return v.(promiseindex.Shape), true
}

func (s *shapes) put(c external, sh promiseindex.Shape) { s.known.Store(c, sh) }

// New makes a Lowerer; files are all files of the project, relative to the root.
func New(src Source, res *modules.Resolver, files []string) *Lowerer {
	l := &Lowerer{
		src: src, res: res, index: promiseindex.Embedded(), files: make(map[string]bool, len(files)),
		shapes: &shapes{}, read: &jsparse.Memo[*module]{},
	}
	for _, f := range files {
		l.files[f] = true
		if strings.Contains(f, ".private.") {
			l.private = append(l.private, f)
		}
		if strings.HasSuffix(f, ".d.ts") && !strings.Contains(f, "node_modules/") {
			l.declarations = append(l.declarations, f)
		}
	}
	slices.Sort(l.private)
	slices.Sort(l.declarations)
	return l
}

// Over is a Lowerer of the same project with other trees of some of its files: it keeps what was found out of those that are the same.
// What the resolver reads, and the list of files, must not have changed.
func (l *Lowerer) Over(src Source) *Lowerer {
	other := *l
	other.src = src
	return &other
}

// Lowered is a handler as a graph.
type Lowered struct {
	// Func is nil if the handler's function cannot be found; Reason says why.
	Func   *flow.Func
	Args   []flow.Operand
	Shape  flow.Shape
	Reason string
	// AnswersAtOnce means that the file turns off the wait for an empty event loop.
	AnswersAtOnce bool
	requires      func() []modules.Use
}

// Requires are the places where what is required is not there or cannot be loaded, in the files that are known by now: the solver has
// more of them read.
func (l *Lowered) Requires() []modules.Use {
	if l.requires == nil {
		return nil
	}
	return l.requires()
}

func (l *Lowerer) module(file string) *module {
	if !isScript(file) {
		return nil
	}
	f, err := l.src.Parse(file)
	if err != nil || f == nil {
		return nil
	}
	return l.read.Of(file, f, newModule)
}

func isScript(file string) bool {
	switch path.Ext(file) {
	case ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx":
		return true
	}
	return false
}

func (l *Lowerer) resolve(from, spec string) (string, bool) {
	return l.res.Resolve(from, spec)
}

// privateFile finds `name` below a folder the way Twilio names functions and assets:
// the suffixes .private and .protected are not part of the name.
func (l *Lowerer) privateFile(folder, name string) string {
	name = strings.TrimSuffix(name, ".js")
	for _, extension := range []string{".js", ".ts"} { // TypeScript is deployed from the folder that it is compiled to
		for _, access := range []string{".private", "", ".protected"} {
			if f := path.Join(folder, name+access+extension); l.files[f] || l.exists(f) {
				return f
			}
		}
	}
	return ""
}

// otherAsset is the private file of a name in a folder of the root that has no usual name: a project may name any as its assets.
// It is "" if there are several.
func (l *Lowerer) otherAsset(root, name string) string {
	stem, found := strings.TrimSuffix(name, path.Ext(name)), ""
	for _, f := range l.private {
		below, inside := strings.CutPrefix(f, root+"/")
		if root == "." {
			below, inside = f, true
		}
		folder, rest, _ := strings.Cut(below, "/")
		if !inside || folder == "functions" || folder == "node_modules" || strings.TrimSuffix(rest, path.Ext(rest)) != stem+".private" || !isScript(f) {
			continue
		}
		if found != "" {
			return ""
		}
		found = f
	}
	return found
}

func (l *Lowerer) exists(file string) bool {
	_, err := l.src.Parse(file)
	return err == nil
}

// Handler lowers one handler. Each call starts afresh, so that handlers can be lowered in parallel.
func (l *Lowerer) Handler(h *platform.Handler) *Lowered {
	if h.Contract == nil {
		return &Lowered{Reason: "the platform is not decided"}
	}
	s := newSession(l, h.Contract)
	in := s.module(h.File)
	if in == nil {
		return &Lowered{Reason: "the file does not parse"}
	}
	v := s.entry(h, in)
	c, ok := v.(*closure)
	if !ok {
		return &Lowered{Reason: "the exported value is made by code that cannot be seen"}
	}
	out := s.lowerHandler(c, s.handed(h.Entry, in))
	out.requires = func() []modules.Use { return s.requires(h, c) }
	return out
}

// entry evaluates the handler's expression.
func (s *session) entry(h *platform.Handler, in *env) value {
	var v value
	if h.Entry.Decl != nil {
		v = s.closure(h.Entry.Decl, in, nil)
	} else {
		x := h.Entry.Expr
		holder := in
		if fn := enclosing(in.mod, x); fn != nil { // registered inside a function
			holder = s.scopeFor(fn, in)
		}
		v = s.eval(x, holder)
	}
	if h.Entry.Method != "" {
		v = s.member(v, h.Entry.Method)
	}
	return inside(v)
}

// enclosing is the innermost function that contains x.
func enclosing(m *module, x jsparse.Node) *jsparse.Func {
	if x == nil {
		return nil
	}
	at := x.Span()
	var found *jsparse.Func
	for _, stmt := range m.file.Body {
		if sp := stmt.Span(); sp.Start > at.Start || sp.End < at.End {
			continue
		}
		jsparse.Walk(stmt, func(n jsparse.Node) bool {
			if n == x {
				return false
			}
			f, ok := n.(*jsparse.Func)
			if !ok {
				return true
			}
			sp := f.Span()
			inside := sp.Start <= at.Start && at.End <= sp.End && jsparse.Node(f) != x
			if inside {
				found = f
			}
			return inside
		})
	}
	return found
}

// handed is what a registered function is called with, as far as the declarations of the package tell that it is registered with.
func (s *session) handed(entry platform.Entry, in *env) []value {
	call := entry.Call
	if call == nil {
		return nil
	}
	holder := in
	if fn := enclosing(in.mod, call); fn != nil {
		holder = s.scopeFor(fn, in)
	}
	sh, ok := s.shapeOf(s.eval(call.Callee, holder))
	if !ok {
		return nil
	}
	for _, f := range sh.Call(kindsOf(s, call.Args, holder)...).Functions {
		if f.At < len(call.Args) && call.Args[f.At] == entry.Expr {
			return described(f.Args)
		}
	}
	return nil
}

// lowerHandler binds the arguments by their roles, and what else is known of them, and lowers the function.
func (s *session) lowerHandler(c *closure, handed []value) *Lowered {
	var args []value
	for i, role := range s.contract.Args {
		name := ""
		if i < len(c.fn.Params) {
			if n, ok := c.fn.Params[i].Target.(*jsparse.Name); ok {
				name = n.Symbol.Name
			}
		}
		v := s.argument(i, role, name)
		if v == nil && i < len(handed) {
			v = handed[i]
		}
		args = append(args, v)
	}
	f := s.function(s.enter(c, args))
	if len(s.contract.ResponderMethods) > 0 && asksAnswered(c.env.mod.file.Text) {
		s.watchAnswered(f)
	}
	out := &Lowered{Func: f, Shape: s.shape(c), AnswersAtOnce: turnsOffWaiting(c.env.mod.file.Text)}
	for range f.Params {
		out.Args = append(out.Args, flow.Operand{Value: flow.Value{Kind: flow.Truthy}})
	}
	return out
}

// argument is the value that a platform passes in a role.
func (s *session) argument(i int, role platform.Role, name string) value {
	switch role {
	case platform.RoleCallback:
		if name == "" {
			name = "callback"
		}
		return completer{name}
	case platform.RoleResponder:
		if name == "" {
			name = "res"
		}
		return responder{name}
	case platform.RoleContext:
		if name == "" {
			name = "context"
		}
		return invocation{name}
	case platform.RoleStream:
		return responder{name}
	case platform.RoleNext:
		return plain{"next"}
	case platform.RoleData:
		return s.webRequest(i)
	}
	return nil
}

// webRequest is the first argument of a handler that answers with a Response: the platform hands it a Request.
func (s *session) webRequest(i int) value {
	if i > 0 || s.contract.Returns != platform.ResponseReturn && s.contract.Returns != platform.ResponseOrUndefined {
		return nil
	}
	sh, _ := s.l.index.GlobalType("", "Request")
	return describe(sh)
}
