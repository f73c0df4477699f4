package emit

import (
	"slices"

	"github.com/handlervet/handlervet/analyzers/contract"
)

// enough is what need not be waited for any longer.
func (t *test) enough() string {
	switch t.Rule {
	case "double-completion":
		return "answers.length > 1"
	case "unhandled-rejection":
		return "answers.length > 0 || unhandled.length > 0"
	}
	return "answers.length > 0"
}

// check writes what must be so: the opposite of what the finding says.
func (t *test) check() {
	switch t.Rule {
	case "double-completion":
		t.add("  assert.ok(answers.length < 2, `it was answered more than once: ${answers.map(({ how }) => how).join(', ')}`);\n")
	case "floating-promise", "early-completion", "leaky-watchdog", "open-handle":
		lost := "running"
		if len(t.Lost) > 0 {
			slices.Sort(t.Lost)
			lost += ".filter((call) => " + list(slices.Compact(t.Lost)) + ".includes(call))"
		}
		t.add("  const lost = %s;\n  assert.deepEqual(lost, [], `still running when the answer left: ${lost.join(', ')}`);\n", lost)
	case "bad-result":
		t.result()
	case "handler-exit":
		t.add("  assert.equal(exited, false, 'the process was ended');\n")
	default:
		if t.Rule == "unhandled-rejection" {
			t.add("  assert.deepEqual(unhandled, [], `nothing handled this: ${unhandled.join(', ')}`);\n")
		}
		t.add("  const why = unhandled.map((error) => `; nothing handled this: ${error}`).join('');\n")
		t.add("  assert.ok(answers.length > 0 && answers[0].ms <= limit, `nothing answered within ${limit} ms${why}`);\n")
	}
}

// result writes what the platform takes for a result.
func (t *test) result() {
	t.add("  const value = answers[0]?.value;\n")
	switch t.Contract.Returns {
	case contract.ResponseReturn, contract.ResponseOrUndefined:
		t.add("  assert.ok(value instanceof Response, `the result is not a Response but ${value}`);\n")
	case contract.ProxyResult:
		t.add("  assert.ok(value && typeof value === 'object', `the result is not an object but ${value}`);\n")
	default:
		t.add("  assert.ok(value === undefined || typeof value === 'object', `the result is not an object but ${value}`);\n")
	}
}
