package walk

import "bytes"

// helpers are what a compiler puts into a file whose async functions it has turned into generators and state machines:
// TypeScript below ES2017, Babel, esbuild, regenerator.
func helpers() [][]byte {
	return [][]byte{
		[]byte("__awaiter = (this && this.__awaiter)"),
		[]byte("__generator = (this && this.__generator)"),
		[]byte("function _asyncToGenerator("),
		[]byte("regeneratorRuntime.mark("),
		[]byte("function _regeneratorRuntime("),
		[]byte("var __async = (__this, __arguments, generator)"),
	}
}

// Compiled says whether a compiler wrote a text: its async functions are no longer there to be read, and what is to be
// corrected stands in the source that it was made from.
func Compiled(text []byte) bool {
	for _, h := range helpers() {
		if bytes.Contains(text, h) {
			return true
		}
	}
	return false
}
