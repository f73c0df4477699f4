package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	helpers     = 20
	length      = 1000
	handlerFile = "src/order.js"
)

func helperFile(n int) string { return fmt.Sprintf("src/step%02d.js", n) }

// generate writes a project: a handler of 1,000 lines that goes through 20 helpers, one of which does not always answer.
func generate(dir string) (string, error) {
	files := map[string]string{
		"serverless.yml": "service: shop\nprovider: {name: aws, runtime: nodejs22.x}\nfunctions:\n  order: {handler: src/order.handler}\n",
		"package.json":   `{"name": "shop", "version": "1.0.0"}`,
		handlerFile:      handler(),
	}
	for i := range helpers {
		files[helperFile(i)] = helper(i)
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return "", err
		}
	}
	return dir, nil
}

// handler has branches, awaits, exceptions and calls of all helpers. What linters report stands at its end: a debugger statement, and
// in a helper a path without an answer.
func handler() string {
	var b strings.Builder
	b.WriteString("// Orders.\n")
	for i := range helpers {
		fmt.Fprintf(&b, "const step%02d = require('./step%02d');\n", i, i)
	}
	for part := 0; strings.Count(b.String(), "\n") < length-60; part++ {
		fmt.Fprintf(&b, `
async function part%[1]d(event, state) {
  const items = event.items || [];
  let total = %[1]d;
  for (const item of items) {
    if (!item.price) {
      continue;
    }
    total += item.price * (item.count || 1);
  }
  try {
    const answer = await fetch('https://example.com/%[1]d/' + event.id);
    if (!answer.ok) {
      throw new Error('status ' + answer.status);
    }
    state.part%[1]d = await answer.json();
  } catch (error) {
    console.error(error);
    state.failed = true;
  }
  return total;
}
`, part)
	}
	b.WriteString("\nexports.handler = async (event, context) => {\n  const state = { total: 0 };\n")
	for i := range 8 {
		fmt.Fprintf(&b, "  state.total += await part%d(event, state);\n", i)
	}
	for i := range helpers {
		fmt.Fprintf(&b, "  if (event.step%02d) {\n    await step%02d.run(event, state);\n  }\n", i, i)
	}
	b.WriteString("  step06.later(event);\n  debugger;\n  return { statusCode: state.failed ? 500 : 200, body: JSON.stringify(state) };\n};\n")
	return b.String()
}

// Which helper it is whose promise the handler forgets, and where in it, from 0, the call stands that makes it.
const laterHelper, laterLine, laterColumn = 6, 12, 2

func helper(n int) string {
	next := ""
	if n%4 != 3 { // helpers of helpers, four deep
		next = fmt.Sprintf("const next = require('./step%02d');\n", n+1)
	}
	return fmt.Sprintf(`// Step %[1]d.
%[2]s
exports.run = async (event, state) => {
  const answer = await fetch('https://example.com/steps/%[1]d');
  if (event.deep && typeof next !== 'undefined') {
    await next.run(event, state);
  }
  state.step%[1]d = answer.status;
};

exports.later = (event) =>
  fetch('https://example.com/later/' + event.id);
`, n, next)
}
