package walk

import "testing"

func TestCompiled(t *testing.T) {
	for name, tt := range map[string]struct {
		text string
		want bool
	}{
		"TypeScript, ES2015": {"var __awaiter = (this && this.__awaiter) || function (t, a, P, g) {};", true},
		"TypeScript, ES5":    {"var __generator = (this && this.__generator) || function (t, b) {};", true},
		"Babel":              {"function _asyncToGenerator(n) { return function () {}; }", true},
		"esbuild":            {"var __async = (__this, __arguments, generator) => {};", true},
		"an async function":  {"exports.handler = async () => {};", false},
		"named in a comment": {"// no __awaiter here\nexports.handler = async () => {};", false},
	} {
		if got := Compiled([]byte(tt.text)); got != tt.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
