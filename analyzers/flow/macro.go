package flow

// runMacro runs a task from outside.
func (m *machine) runMacro(s *state, t task) {
	switch t.kind {
	case work:
		m.settleWork(s, t)
	case callback:
		m.runCallback(s, t)
	case event:
		m.runEvent(s, t)
	case timer:
		m.runTask(s, t, m.start0(t), nil, false)
	case interval:
		if t.runs++; t.runs < 2 {
			s.macro = push(s.macro, t)
		}
		m.runTask(s, t, m.start0(t), nil, false)
	}
}

func (t task) start() Start {
	o, _ := t.at.node.b.Ops[t.at.op].(Start)
	return o
}

// start0 is the function that a work calls, nil if it cannot be seen.
func (m *machine) start0(t task) *fn {
	o := t.start()
	if len(o.Then) == 0 {
		return nil
	}
	return m.ix.funcs[o.Then[0]]
}

// settleWork lets a promise of unknown code settle: both ways, if it can fail. The failure of work that nobody waits
// for is followed once on a path only, or n such works would make 2^n paths.
func (m *machine) settleWork(s *state, t task) {
	p := s.proms[t.prom]
	if p == nil || p.status != pending {
		return
	}
	canFail := (p.work == nil || p.work.CanFail) && !p.fulfils
	if !p.used && (len(s.unhand) > 0 || p.work != nil && !p.work.Sure) {
		canFail = false
	}
	if canFail && m.cares(s, t.prom, true, caresDepth) {
		c := s.fork()
		site := p.at.site()
		what := workName(p, site) + " rejects"
		c.say(site.Range, what, nil)
		why := m.failure(p.at, site, what, false)
		if p.work != nil {
			why.lacks = p.work.ErrorLacks
		}
		m.settle(c, t.prom, failed, unknown, why)
		if !c.dead {
			m.push(c)
		}
	}
	m.settle(s, t.prom, fulfilled, unknown, nil)
}

func workName(p *promise, site Site) string {
	switch {
	case p.work != nil && p.work.Name != "":
		return "`" + p.work.Name + "`"
	case site.Text != "" && p.origin == asyncFunc:
		return "`" + site.Text + "()`"
	case site.Text != "":
		return "`" + site.Text + "`"
	}
	return "the promise"
}

// runCallback calls the function with each of the possible argument lists.
func (m *machine) runCallback(s *state, t task) {
	o, f := t.start(), m.start0(t)
	if len(o.Args) == 0 {
		m.runTask(s, t, f, nil, false)
		return
	}
	for i := len(o.Args) - 1; i >= 0; i-- {
		c := s
		if i > 0 {
			c = s.fork()
		}
		args := make([]value, len(o.Args[i]))
		for j, a := range o.Args[i] {
			args[j] = m.eval(c, a)
		}
		if i < len(o.ArgSays) && o.ArgSays[i] != "" {
			c.say(o.Site.Range, o.ArgSays[i], nil)
		}
		m.runTask(c, t, f, args, true)
		if i > 0 {
			m.push(c)
		}
	}
}

func (m *machine) runEvent(s *state, t task) {
	list := m.listeners(t.start())
	for i := len(list) - 1; i >= 0; i-- {
		c := s
		if i > 0 {
			c = s.fork()
		}
		m.runTask(c, t, list[i], nil, false)
		if i > 0 {
			m.push(c)
		}
	}
}

// runTask begins a function that nobody takes the value of.
func (m *machine) runTask(s *state, t task, f *fn, args []value, known bool) {
	if f == nil || f.entry == nil {
		return
	}
	if !known {
		args = make([]value, len(f.params))
	}
	fr := frame{end: endTask, prom: -1}
	if f.f.Async {
		fr = frame{end: endAsync, prom: s.alloc(promise{origin: internal, at: t.at})}
	}
	m.enterFunc(s, f, args, fr)
}
