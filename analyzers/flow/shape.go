package flow

// eachVar calls f for every variable that an operation mentions.
func eachVar(op Op, f func(*Var)) {
	switch o := op.(type) {
	case Set:
		f(o.To)
		f(o.From.Var)
	case Record:
		f(o.To)
		for _, p := range o.Of {
			f(p.Value.Var)
		}
	case Read:
		f(o.To)
		f(o.Of.Var)
	case Start:
		f(o.Result)
		for _, args := range o.Args {
			eachOperand(args, f)
		}
	case Cancel:
		f(o.Handle.Var)
	case Defer:
		f(o.Result)
	case Settle:
		f(o.Promise)
		f(o.Value.Var)
	case Continue:
		f(o.Promise.Var)
		f(o.Result)
	case Combine:
		eachOperand(o.Inputs, f)
		f(o.Result)
	case Append:
		f(o.To)
		f(o.From.Var)
	case Wait:
		f(o.Promise.Var)
		f(o.Result)
	case Call:
		eachOperand(o.Args, f)
		f(o.Result)
	case MayThrow:
		f(o.On)
	case Escape:
		f(o.Of.Var)
	case Drop:
		f(o.Of.Var)
	}
}

func eachOperand(list []Operand, f func(*Var)) {
	for _, o := range list {
		f(o.Var)
	}
}

// funcsOf lists the functions that an operation calls now or later.
func funcsOf(op Op) []*Func {
	switch o := op.(type) {
	case Call:
		return o.Funcs
	case Start:
		return o.Then
	case Continue:
		var list []*Func
		for _, f := range []*Func{o.OK, o.Fail, o.Finally} {
			if f != nil {
				list = append(list, f)
			}
		}
		return list
	}
	return nil
}

// siteOf is where an operation stands.
func siteOf(op Op) Site {
	switch o := op.(type) {
	case Complete:
		return o.Site
	case Start:
		return o.Site
	case Defer:
		return o.Site
	case Settle:
		return o.Site
	case Continue:
		return o.Site
	case Combine:
		return o.Site
	case Wait:
		return o.Site
	case Call:
		return o.Site
	case Drop:
		return o.Site
	case MayThrow:
		return Site{Range: o.Range}
	case Escape:
		return Site{Range: o.Range}
	}
	return Site{}
}

// site is where a place stands: an operation, or the terminator behind the last one.
func (p place) site() Site {
	if p.node == nil {
		return Site{}
	}
	if int(p.op) < len(p.node.b.Ops) {
		return siteOf(p.node.b.Ops[p.op])
	}
	switch t := p.node.b.Term.(type) {
	case Return:
		return Site{Range: t.Range}
	case Raise:
		return Site{Range: t.Range}
	}
	return Site{}
}
