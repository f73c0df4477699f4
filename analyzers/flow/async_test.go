package flow

import "testing"

func TestAsync(t *testing.T) {
	check(t, []solveCase{
		{"await then answer", twilio, `async handler() {
			wait unknown
			complete cb
		}`, []string{"finished cb@3"}},
		{"rejection leaves the handler", twilio, `async handler() {
			p = start send fail
			wait p
			complete cb
		}`, []string{"finished cb@4", "rejected unhandled@2"}},
		{"rejection is caught and forgotten", twilio, `async handler() {
			try {
				p = start send fail
				wait p
				complete cb
			} catch {
			}
		}`, []string{"finished cb@5", "finished"}},
		{"unknown call in try may throw", twilio, `async handler() {
			try {
				wait unknown
				complete cb
			} catch {
			}
		}`, []string{"finished cb@4", "finished"}},
		{"a finally block proves nothing", twilio, `async handler() {
			try {
				wait unknown
				complete cb
			} finally {
				note cleaning
			}
		}`, []string{"finished cb@4"}},
		{"a catch block that throws expects errors", twilio, `async handler() {
			try {
				wait unknown
				complete cb
			} catch {
				rethrow
			}
		}`, []string{"finished cb@4", "rejected unhandled@6"}},
		{"two calls at once keep their variables apart", twilio, `async handler() {
			a = call helper
			b = call helper
			l = all a b
			wait l
			complete cb
		}
		async helper() {
			p1 = start one
			wait unknown
			wait p1
		}`, []string{"finished cb@6"}},
		{"recursion keeps variables apart", twilio, `async handler() {
			wait unknown
			a = call helper
			wait a
			complete cb
		}
		async helper() {
			p1 = start one
			if * {
				p2 = call helper
				wait p2
			}
			wait p1
		}`, []string{"finished cb@5"}},
		{"an error that is thrown again", twilio, `async handler() {
			try {
				p = start send fail
				wait p
				complete cb
			} catch {
				rethrow
			}
		}`, []string{"finished cb@5", "rejected unhandled@3"}},
		{"then and catch answer once", twilio, `handler() {
			p = start send fail
			q = then p ok=good
			r = then q fail=bad
			drop r
		}
		good(v) {
			complete cb
		}
		bad(e) {
			complete cb error
		}`, []string{"finished cb!@11", "finished cb@8"}},
		{"then without catch", twilio, `handler() {
			p = start send fail
			q = then p ok=good
			drop q
		}
		good(v) {
			complete cb
		}`, []string{"finished cb@7", "finished unhandled@2<3"}},
		{"floating rejection answers on lambda", lambda, `handler() {
			p = start send fail
			q = then p ok=good
			drop q
		}
		good(v) {
			complete cb
		}`, []string{"finished cb@7", "finished throw!@2 unhandled@2<3"}},
		{"catch of a project promise is examined", twilio, `handler() {
			p = call helper
			q = then p ok=good
			r = then q fail=bad
		}
		async helper() {
			wait unknown
		}
		good(v) {
			complete cb
		}
		bad(e) {
		}`, []string{"finished cb@10", "finished"}},
		{"exception in then goes to catch", twilio, `handler() {
			p = start send
			q = then p ok=good
			r = then q fail=bad
		}
		good(v) {
			complete cb
			throws x
		}
		bad(e) {
			complete cb error
		}`, []string{"finished cb@7", "finished cb@7 cb!@11", "finished cb!@11"}},
		{"finally passes on", twilio, `handler() {
			p = start send fail
			q = then p finally=always
			r = then q ok=good fail=bad
		}
		always() {
		}
		good(v) {
			complete ok
		}
		bad(e) {
			complete no error
		}`, []string{"finished ok@9", "finished no!@12"}},
		{"async finally passes on", twilio, `handler() {
			p = start send fail
			q = then p finally=always
			r = then q ok=good opaque=fail
		}
		async always() {
			wait unknown
		}
		good(v) {
			complete ok
		}`, []string{"finished ok@10", "finished"}},
		{"all of a list", twilio, `async handler() {
			l = object
			while * {
				p = call one
				append l p
			}
			a = all l
			wait a
			complete cb
		}
		async one() {
			w = start send fail
			wait w
		}`, []string{"finished cb@9", "rejected unhandled@12"}},
		{"list without all", twilio, `async handler() {
			l = object
			p = call one
			append l p
			complete cb
		}
		async one() {
			p1 = start send
			wait p1
		}`, []string{"finished cb@5 lost@3(send)DP"}},
		{"executor that never settles", twilio, `async handler() {
			d = defer p
			wait d
			complete cb
		}`, []string{"waits"}},
		{"executor that settles from a timer", twilio, `async handler() {
			d = defer p
			timer done
			wait d
			complete cb
		}
		done() {
			resolve d
		}`, []string{"finished cb@5"}},
		{"settled by unknown code", twilio, `async handler() {
			d = defer p
			unsure d
			wait d
			complete cb
		}`, []string{"finished cb@5", "rejected unhandled@2"}},
		{"callback rejects or resolves", twilio, `async handler() {
			d = defer p
			callback read got: truthy | null text
			try {
				wait d
				complete ok
			} catch {
				complete no error
			}
		}
		got(err data) {
			if err {
				reject d
			}
			resolve d data
		}`, []string{"finished ok@6", "finished no!@8"}},
		{"race with a watchdog", twilio, `async handler() {
			p = start send
			d = defer timeout
			timer late
			r = race p d
			wait r
			complete cb
		}
		late() {
			reject d
		}`, []string{"finished cb@7", "rejected unhandled@10"}},
		{"recursive helper", twilio, `async handler() {
			p = call again
			wait p
			complete cb
		}
		async again() {
			p1 = start get
			wait p1
			if * {
				p2 = call again
				wait p2
			}
		}`, []string{"finished cb@4"}},
	})
}

func TestLost(t *testing.T) {
	check(t, []solveCase{
		{"dropped work", twilio, `handler() {
			p = start send fail
			drop p
			complete cb
		}`, []string{"finished cb@4 lost@2DP", "finished cb@4 lost@2DPF unhandled@2"}},
		{"dropped helper", twilio, `async handler() {
			p = call helper
			drop p
			w = start other
			wait w
			complete cb
		}
		async helper() {
			a = start one
			wait a
			b = start two
			wait b
		}`, []string{"finished cb@6 lost@2(two)DP"}},
		{"lambda waits for work", lambda, `handler() {
			p = start send
			drop p
			complete cb
		}`, []string{"finished cb@4 lost@2D"}},
		{"unsure work proves nothing", webLike, `handler() {
			p = start maybe fail unsure
			drop p
			return object
		}`, []string{"finished return@4 lost@2DP"}},
		{"returned early", webLike, `async handler() {
			p = start send
			q = then p opaque=ok,fail
			drop q
			return object
		}`, []string{"finished return@5 lost@3DHP"}},
		{"awaited work is not lost", webLike, `async handler() {
			p = start send
			wait p
			return object
		}`, []string{"finished return@4"}},
		{"callback work pending", twilio, `handler() {
			callback write got: null
			complete cb
		}
		got(e) {
		}`, []string{"finished cb@3 lost@2P"}},
		{"watchdog is no work", twilio, `handler() {
			timer late
			complete cb
		}
		late() {
			complete cb
		}`, []string{"finished cb@3 cb@6"}},
		{"cancelled watchdog", twilio, `handler() {
			t = timer late
			complete cb
			cancel t
		}
		late() {
			complete cb
		}`, []string{"finished cb@3"}},
	})
}

func TestLeaving(t *testing.T) {
	check(t, []solveCase{
		{"throw", twilio, `handler() {
			throws x
			complete cb
		}`, []string{"finished cb@3", "threw unhandled@2"}},
		{"throw answers", webLike, `handler() {
			throw
		}`, []string{"finished throw!@2"}},
		{"value", webLike, `handler() {
			return object
		}`, []string{"finished return@2"}},
		{"value is ignored", lambda, `handler() {
			return object
		}`, []string{"finished"}},
		{"promise is returned", lambda, `handler() {
			p = start send fail
			return p
		}`, []string{"finished return@3", "finished throw!@2"}},
		{"mixed", lambda, `async handler() {
			complete cb
		}`, []string{"finished cb@2"}},
		{"finally with return", twilio, `handler() {
			try {
				throws x always
			} catch {
				complete cb
				return
			}
		}`, []string{"finished cb@5"}},
		{"exception in a timer", twilio, `handler() {
			timer f
			complete cb
		}
		f() {
			throw
		}`, []string{"finished cb@3 unhandled@6"}},
		{"needs a value", twilio, `handler(a) {
			if a? {
				throws a on=a
				complete never
			}
			throws a on=a
			complete cb
		}`, []string{"finished cb@7", "threw unhandled@3"}},
		{"listener", twilio, `handler() {
			event data end
			event nothing
		}
		data() {
			note data
		}
		end() {
			complete cb
		}
		nothing() {
		}`, []string{"finished cb@9"}},
		{"interval", twilio, `handler() {
			t = interval tick
		}
		tick() {
			cancel t
			complete cb
		}`, []string{"finished cb@6"}},
	})
}
