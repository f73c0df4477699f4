package sandbox

import "github.com/handlervet/handlervet/internal/confirm/instrument"

// atOnce is a decision of a warm run: whether the next request comes while work of the first is still running.
const atOnce = "the next request"

// serve runs the handler, and once more in the same process if a warm run is asked for.
func (m *machine) serve() {
	m.invoke()
	for m.run.End == "" && !m.overlaps() && m.tick() {
	}
	if !m.job.Warm {
		return
	}
	if !m.fine() {
		m.run.Reached = false // what goes wrong in the first request is not what is asked
		return
	}
	if m.run.End != "" {
		m.run.Reached = false // what does not outlive the first request must happen in the second
	}
	m.renew()
	m.invoke()
	for m.run.End == "" && m.tick() {
	}
}

// overlaps decides, when the first request has just been answered and something still runs, whether the next one comes now.
func (m *machine) overlaps() bool {
	if !m.job.Warm || m.asked || len(m.run.Answers) == 0 {
		return false
	}
	m.asked = true
	if len(m.run.Pending) == 0 {
		return false
	}
	m.overlapped = m.decideAt(instrument.Place{}, "request", atOnce, Option{Text: "comes later"}, Option{Text: "comes while that still runs", Fault: Overlap}) == 1
	return m.overlapped
}

// fine tells whether the first request went as it should.
func (m *machine) fine() bool {
	r := m.run
	return (r.End == Idle || r.End == "") && len(r.Answers) > 0 && !r.Answers[0].Error && r.Threw == "" && len(r.Loose) == 0
}

// renew begins a second request: the module's state stays, and so does what still runs.
func (m *machine) renew() {
	r := m.run
	r.Start = m.clock.now
	r.Answers, r.Loose, r.Pending, r.End, r.Reason, r.Returned, r.ReturnKind = nil, nil, nil, "", "", "", ""
	m.requests++
	m.before = m.handed
	m.budget += m.clock.now
	m.visits = map[asked][]int{}
	m.inFlight = nil
	m.event(instrument.Place{}, "a second request comes to the same process", false)
}

// named is an argument's name: those of the second request are told apart.
func (m *machine) named(name string) string {
	if m.requests > 0 {
		return "second " + name
	}
	return name
}
