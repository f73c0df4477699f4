package goflow

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// How a mutex is held, in its variable: "free", "read" or "locked". What is not known counts as free.
const (
	free   = `"free"`
	read   = `"read"`
	locked = `"locked"`
)

// mutexMethods are what the methods of mutexes leave behind.
var mutexMethods = map[string]string{
	"sync.Mutex.Lock": locked, "sync.Mutex.Unlock": free, "sync.Mutex.TryLock": free,
	"sync.RWMutex.Lock": locked, "sync.RWMutex.Unlock": free, "sync.RWMutex.TryLock": free,
	"sync.RWMutex.RLock": read, "sync.RWMutex.RUnlock": free, "sync.RWMutex.TryRLock": free,
}

// mutex is the identity of one: a variable, or the field of one. The receivers of a type's methods are one variable: a method that calls
// another on its own receiver locks the same mutex.
type mutex struct {
	root types.Object
	text string
}

// locks lowers a call of a mutex: a path that locks one which it holds ends there.
func (b *builder) locks(x *ast.CallExpr) bool {
	sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	becomes, ok := mutexMethods[FuncName(Callee(b.info, x))]
	if !ok {
		return false
	}
	key, ok := b.mutex(sel.X)
	if !ok {
		return true
	}
	v := b.held[key]
	if v == nil {
		return true // nothing locks it where it could be seen
	}
	switch becomes {
	case locked:
		b.stuckIf(v, locked, x, sel)
		b.stuckIf(v, read, x, sel)
	case read:
		b.stuckIf(v, locked, x, sel)
	}
	b.set(v, literal(becomes))
	return true
}

// stuckIf ends the path if a mutex is held.
func (b *builder) stuckIf(v *flow.Var, how string, x *ast.CallExpr, sel *ast.SelectorExpr) {
	if b.cur == nil {
		return
	}
	stuck, on := &flow.Block{}, &flow.Block{}
	b.end(flow.Branch{Cond: flow.Cond{Test: flow.IsEqual, Of: flow.Operand{Var: v}, Value: literal(how).Value}, Then: stuck, Else: on})
	b.cur = stuck
	b.blocks(x, "`"+show(sel.X)+"` is locked on this path already, so this blocks forever")
	b.cur = on
}

// mutex is what a mutex is known by.
func (s *source) mutex(e ast.Expr) (mutex, bool) {
	switch x := ast.Unparen(e).(type) {
	case *ast.Ident:
		if v, ok := s.info.ObjectOf(x).(*types.Var); ok {
			return mutex{s.receiverType(v), ""}, true
		}
	case *ast.UnaryExpr:
		return s.mutex(x.X)
	case *ast.SelectorExpr:
		if id, ok := x.X.(*ast.Ident); ok {
			if _, isPackage := s.info.Uses[id].(*types.PkgName); isPackage {
				return mutex{s.info.Uses[x.Sel], ""}, s.info.Uses[x.Sel] != nil
			}
		}
		if m, ok := s.mutex(x.X); ok {
			m.text += "." + x.Sel.Name
			return m, true
		}
	}
	return mutex{}, false
}

// receiverType is the name of a method's receiver's type, or the variable itself.
func (s *source) receiverType(v *types.Var) types.Object {
	if !s.receivers[v] {
		return v
	}
	t := v.Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj()
	}
	return v
}

// prepareLocks makes variables for the mutexes of the package. They are free when the handler begins.
func (b *builder) prepareLocks() {
	for _, key := range b.mutexes() {
		b.held[key] = &flow.Var{}
		b.set(b.held[key], literal(free))
	}
}

// mutexes lists those that the package locks, in the order of their first use.
func (s *source) mutexes() []mutex {
	s.mutexOnce.Do(func() {
		s.inspect(func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
			if !ok || mutexMethods[FuncName(Callee(s.info, call))] == "" {
				return true
			}
			if key, ok := s.mutex(sel.X); ok && !slices.Contains(s.locked, key) {
				s.locked = append(s.locked, key)
			}
			return true
		})
	})
	return s.locked
}

// release forgets that the mutexes of a variable are held: it means another value now, or code out of sight is given it.
func (b *builder) release(root types.Object) {
	if v, ok := root.(*types.Var); ok {
		root = b.receiverType(v)
	}
	for key, v := range b.held {
		if key.root == root {
			b.set(v, literal(free))
		}
	}
}

// releaseOthers: a method that is called on something else than the receiver has the mutexes of something else.
func (b *builder) releaseOthers(x *ast.CallExpr) {
	sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
	if !ok || b.info.Selections[sel] == nil {
		return
	}
	if id, ok := ast.Unparen(sel.X).(*ast.Ident); ok {
		if v, ok := b.info.ObjectOf(id).(*types.Var); ok && b.receivers[v] {
			return
		}
	}
	t := b.info.TypeOf(sel.X)
	for key, v := range b.held {
		if name, ok := key.root.(*types.TypeName); ok && t != nil && strings.TrimPrefix(types.TypeString(t, nil), "*") == types.TypeString(name.Type(), nil) {
			b.set(v, literal(free))
		}
	}
}
