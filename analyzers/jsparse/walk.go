package jsparse

// Walk calls visit for n and then for every node below it, parents first and
// in the order of evaluation. It goes into nothing for which visit returns false.
func Walk(n Node, visit func(Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	children(n, func(child Node) { Walk(child, visit) })
}

// children calls f for each node directly below n; missing ones are left out.
func children(n Node, f func(Node)) {
	if !stmtChildren(n, f) && !functionChildren(n, f) {
		exprChildren(n, f)
	}
}

func one(n Node, f func(Node)) {
	if n != nil {
		f(n)
	}
}

func each[T Node](list []T, f func(Node)) {
	for _, n := range list {
		if Node(n) != nil {
			f(n)
		}
	}
}

func blockChild(b *Block, f func(Node)) {
	if b != nil {
		f(b)
	}
}

func stmtChildren(n Node, f func(Node)) bool {
	switch n := n.(type) {
	case *Block:
		each(n.Body, f)
	case *ExprStmt:
		one(n.X, f)
	case *VarDecl:
		each(n.Decls, f)
	case *Declarator:
		one(n.Target, f)
		one(n.Init, f)
	case *FuncDecl:
		f(n.Func)
	case *ClassDecl:
		f(n.Class)
	case *If:
		one(n.Cond, f)
		one(n.Then, f)
		one(n.Else, f)
	case *Try:
		blockChild(n.Body, f)
		one(n.Param, f)
		blockChild(n.Catch, f)
		blockChild(n.Finally, f)
	case *Return:
		one(n.X, f)
	case *Throw:
		one(n.X, f)
	case *Labeled:
		one(n.Body, f)
	case *ExportDefault:
		one(n.X, f)
	case *OtherStmt:
		each(n.X, f)
	default:
		return loopChildren(n, f)
	}
	return true
}

func loopChildren(n Node, f func(Node)) bool {
	switch n := n.(type) {
	case *For:
		one(n.Init, f)
		one(n.Cond, f)
		one(n.Body, f)
		one(n.Post, f)
	case *ForEach:
		one(n.Right, f)
		one(n.Left, f)
		one(n.Body, f)
	case *While:
		one(n.Cond, f)
		one(n.Body, f)
	case *DoWhile:
		one(n.Body, f)
		one(n.Cond, f)
	case *Switch:
		one(n.Subject, f)
		each(n.Cases, f)
	case *Case:
		one(n.Test, f)
		each(n.Body, f)
	default:
		return false
	}
	return true
}

func functionChildren(n Node, f func(Node)) bool {
	switch n := n.(type) {
	case *Func:
		each(n.Params, f)
		blockChild(n.Body, f)
	case *Parameter:
		each(n.Decorators, f)
		one(n.Target, f)
		one(n.Default, f)
	case *ClassExpr:
		each(n.Decorators, f)
		one(n.Extends, f)
		each(n.Members, f)
	case *Property:
		each(n.Decorators, f)
		one(n.Computed, f)
		one(n.Value, f)
		blockChild(n.Block, f)
	case *ArrayPattern:
		itemChildren(n.Items, f)
	case *ObjectPattern:
		itemChildren(n.Items, f)
	default:
		return false
	}
	return true
}

func itemChildren(items []PatternItem, f func(Node)) {
	for i := range items {
		one(items[i].Computed, f)
		one(items[i].Target, f)
		one(items[i].Default, f)
	}
}

func exprChildren(n Node, f func(Node)) {
	switch n := n.(type) {
	case *Template:
		one(n.Tag, f)
		each(n.Parts, f)
	case *Array:
		each(n.Items, f)
	case *Object:
		each(n.Props, f)
	case *Unary:
		one(n.X, f)
	case *Update:
		one(n.X, f)
	case *Binary:
		one(n.Left, f)
		one(n.Right, f)
	case *Assign:
		one(n.Target, f)
		one(n.Value, f)
	case *Conditional:
		one(n.Cond, f)
		one(n.Then, f)
		one(n.Else, f)
	case *Call:
		one(n.Callee, f)
		each(n.Args, f)
	case *New:
		one(n.Callee, f)
		each(n.Args, f)
	case *Member:
		one(n.Object, f)
	case *Index:
		one(n.Object, f)
		one(n.Key, f)
	case *Spread:
		one(n.X, f)
	case *Await:
		one(n.X, f)
	case *Yield:
		one(n.X, f)
	case *ImportCall:
		one(n.X, f)
	case *OtherExpr:
		each(n.X, f)
	}
}
