package flow

import "testing"

func TestSummaries(t *testing.T) {
	// Each function calls the next one twice: inlined, that would be a million calls.
	text := "handler() {\nx = call f0\nif x {\ncomplete a\n} else {\ncomplete b\n}\n}\n" +
		repeat(19, "f%[1]d() {\ncall g%[1]d\ny%[1]d = call g%[1]d\nreturn y%[1]d\n}\n") +
		"f19() {\nif * {\nreturn true\n}\nreturn false\n}\n"
	prog := parse(t, text)
	for i := range 19 {
		prog.funcs[name("g", i)].Build = prog.fn(name("f", i+1)).Build
	}
	r := Solve(prog.first, nil, twilio, Limits{})
	if r.Capped || r.States > 1000 {
		t.Errorf("%d states, capped %v", r.States, r.Capped)
	}
	check(t, []solveCase{
		{"depends on the argument", twilio, `handler(e) {
			x = call kind 1
			y = call kind 2
			if x == "one" {
				complete a
			}
			if y == "one" {
				complete b
			}
		}
		kind(v) {
			call nothing
			if v == 1 {
				return "one"
			}
			return "other"
		}
		nothing() {
		}`, []string{"finished a@5"}},
		{"throws", twilio, `handler() {
			try {
				call check
				complete a
			} catch {
				complete b error
			}
		}
		check() {
			call nothing
			throws bad
		}
		nothing() {
		}`, []string{"finished a@4", "finished b!@6"}},
		{"throws out", twilio, `handler() {
			call check
			complete a
		}
		check() {
			call nothing
			throws bad
		}
		nothing() {
		}`, []string{"finished a@3", "threw unhandled@7"}},
	})
}

func name(prefix string, i int) string {
	return prefix + string([]byte{byte('0' + i/10), byte('0' + i%10)})[boolByte(i < 10):]
}
