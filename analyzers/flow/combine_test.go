package flow

import "testing"

func TestCombine(t *testing.T) {
	check(t, []solveCase{
		{"the loser of a race is not lost", webLike, `async handler() {
			a = start one
			b = start two
			r = race a b
			wait r
			return object
		}`, []string{"finished return@6"}},
		{"a race with what never settles", twilio, `async handler() {
			a = start one
			d = defer never
			r = race a d
			wait r
			complete cb
		}`, []string{"finished cb@6"}},
		{"any needs one", twilio, `async handler() {
			a = start one fail
			b = start two
			r = any a b
			wait r
			complete cb
		}`, []string{"finished cb@6"}},
		{"any of failures", twilio, `async handler() {
			a = start one fail
			r = any a
			wait r
			complete cb
		}`, []string{"finished cb@5", "rejected unhandled@2"}},
		{"all settled never fails", twilio, `async handler() {
			a = start one fail
			r = settled a
			wait r
			complete cb
		}`, []string{"finished cb@5"}},
		{"nobody waits for all", webLike, `async handler() {
			a = start one
			b = start two
			r = all a b
			drop r
			return object
		}`, []string{"finished return@6 lost@4DP"}},
		{"all that fails early", twilio, `async handler() {
			a = start one fail
			b = start two
			r = all a b
			try {
				wait r
			} catch {
				complete no error
				return
			}
			complete cb
		}`, []string{"finished cb@11", "finished no!@8"}},
		{"race of nothing", twilio, `async handler() {
			l = object
			r = race l
			wait r
			complete cb
		}`, []string{"waits"}},
		{"waitUntil", webLike, `async handler() {
			a = start one fail
			escape a
			return object
		}`, []string{"finished return@4"}},
	})
}

func TestHandlersWithoutBody(t *testing.T) {
	r := Solve(&Func{Generator: true}, nil, twilio, Limits{})
	if len(r.Outcomes) != 0 {
		t.Error("a generator has no outcomes")
	}
}

func TestStepsAndFlags(t *testing.T) {
	r := run(t, `handler() {
		timer late
	}
	late() {
		complete cb
	}`, twilio)
	c := r.Outcomes[0].Completions[0]
	if !c.InTimer || r.Outcomes[0].Steps[c.Step].Text != "`cb()` is called" {
		t.Errorf("%+v", r.Outcomes[0])
	}
	r = run(t, `async handler() {
		try {
			p = start send fail
			wait p
			complete cb
		} catch {
		}
	}`, twilio)
	for _, o := range r.Outcomes {
		if len(o.Completions) > 0 {
			continue
		}
		if n := len(o.Steps); n != 3 || o.Steps[0].Text != "`send` rejects" || o.Steps[1].Caught == nil ||
			o.Steps[2].Text != "the function ends without answering" || !o.ReturnedImplicitly {
			t.Errorf("%+v", o.Steps)
		}
	}
	r = run(t, `async handler() {
		d = defer executor
		wait d
	}`, twilio)
	if o := r.Outcomes[0]; o.End != WaitsForever || o.WaitsFor.Range.Start != 2 {
		t.Errorf("%+v", o)
	}
}
