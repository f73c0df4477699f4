package platform

import "testing"

func TestExportsHandlerByName(t *testing.T) {
	for text, want := range map[string]bool{
		"exports.handler = f":                     true,
		"module.exports.lambdaHandler=f":          true,
		"exports.handlers = f":                    false,
		"module.exports = { handler }":            true,
		"module.exports\n  = f":                   true,
		"module.exports === f":                    false,
		"if (module.exports == x) {}":             false,
		"export const handler = async () => {}":   true,
		"export async\nfunction handler() {}":     true,
		"export function  lambdaHandler() {}":     true,
		"export { a, b as handler }":              true,
		"export { a, b as handlers, handlerOf }":  false,
		"export = handler":                        true,
		"export default handler":                  false,
		"exporthandler":                           false,
		"const exported = 1; exports.x = 1":       false,
		"// exports nothing\nexports.handler = 1": true,
		"export":         false,
		"module.exports": false,
		"export let handler: Handler = async () => {}": true,
	} {
		if got := exportsHandlerByName([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestTakesEnv(t *testing.T) {
	for text, want := range map[string]bool{
		"fetch(request, env)": true, "fetch(request,\n\t__env) {": true, "process.env": false, "env, request": false, "": false, "a, environment": true,
	} {
		if got := takesEnv([]byte(text)); got != want {
			t.Errorf("takesEnv(%q) = %v", text, got)
		}
	}
}
