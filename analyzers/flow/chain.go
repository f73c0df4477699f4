package flow

// chain walks from a promise to those who wait for it.
type chain struct {
	s       *state
	seen    map[int32]bool
	roots   []int32
	alive   bool
	rescued bool
}

func (c *chain) follow(id int32) {
	if c.seen[id] {
		return
	}
	c.seen[id] = true
	p := c.s.proms[id]
	if id == c.s.handler || p.escaped || p.status != pending || c.running(id) {
		c.alive = true
		return
	}
	if len(p.conts) == 0 {
		c.roots = append(c.roots, id)
		return
	}
	c.rescued = c.rescued || p.rescued
	for _, t := range p.conts {
		if t.kind == resume {
			c.followFrame(t.frame)
		} else {
			c.follow(t.target)
		}
	}
}

// running tells whether a frame that runs now will settle the promise.
func (c *chain) running(id int32) bool {
	for fr := &c.s.cur; fr != nil; fr = fr.up {
		if !c.s.idle && fr.prom == id {
			return true
		}
	}
	return false
}

func (c *chain) followFrame(fr *frame) {
	for fr.up != nil {
		fr = fr.up
	}
	switch fr.end {
	case endHandler:
		c.alive = true
	case endAsync, endFinally:
		c.follow(fr.prom)
	}
}
