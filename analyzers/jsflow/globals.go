package jsflow

import (
	"slices"
	"strings"
)

// missing tells whether reading a name that no declaration binds throws: no
// runtime defines it, no file of the project asks for it with typeof, and it
// does not look like a build-time constant.
func (s *session) missing(m *module, name string) bool {
	if m.guarded[name] || knownGlobal(name) || slices.Contains(s.contract.Globals, name) {
		return false
	}
	if name == strings.ToUpper(name) || strings.HasPrefix(name, "_") || strings.HasPrefix(name, "$") {
		return false
	}
	return !isTypeScript(m.path) && !m.assigned(name)
}

// isTypeScript: the compiler refuses unknown names there, so one that is left is declared elsewhere.
func isTypeScript(path string) bool {
	return strings.HasSuffix(path, ".ts") || strings.HasSuffix(path, ".mts") || strings.HasSuffix(path, ".cts") || strings.HasSuffix(path, ".tsx")
}

// assigned tells whether the file gives an undeclared name a value.
func (m *module) assigned(name string) bool {
	for sym := range m.writes {
		if sym.Name == name {
			return true
		}
	}
	return strings.Contains(m.file.Text, "global "+name) || strings.Contains(m.file.Text, "globalThis."+name) || strings.Contains(m.file.Text, "global."+name)
}

// knownGlobal are the names that Node, web-standard runtimes or module wrappers define.
func knownGlobal(name string) bool {
	switch name {
	case "undefined", "NaN", "Infinity", "globalThis", "global", "window", "self", "document", "navigator", "location",
		"exports", "module", "require", "process", "console", "Buffer", "arguments", "eval", "this", "importScripts",
		"setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate", "queueMicrotask",
		"Object", "Array", "String", "Number", "Boolean", "Symbol", "BigInt", "Math", "JSON", "Date", "RegExp", "Promise",
		"Map", "Set", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry", "Proxy", "Reflect", "Function", "Intl", "Atomics",
		"Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError", "AggregateError", "DOMException",
		"ArrayBuffer", "SharedArrayBuffer", "DataView", "Uint8Array", "Uint8ClampedArray", "Uint16Array", "Uint32Array", "Int8Array",
		"Int16Array", "Int32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array", "WebAssembly", "Iterator",
		"parseInt", "parseFloat", "isNaN", "isFinite", "encodeURIComponent", "decodeURIComponent", "encodeURI", "decodeURI",
		"escape", "unescape", "structuredClone", "atob", "btoa", "fetch", "Headers", "Request", "Response", "FormData", "Blob", "File",
		"URL", "URLSearchParams", "URLPattern", "AbortController", "AbortSignal", "Event", "EventTarget", "CustomEvent", "MessageChannel",
		"MessagePort", "MessageEvent", "BroadcastChannel", "Worker", "WebSocket", "WebSocketPair", "EventSource", "TextEncoder", "TextDecoder",
		"TextEncoderStream", "TextDecoderStream", "ReadableStream", "WritableStream", "TransformStream", "CompressionStream", "DecompressionStream",
		"ByteLengthQueuingStrategy", "CountQueuingStrategy", "crypto", "Crypto", "CryptoKey", "SubtleCrypto", "performance", "PerformanceObserver",
		"HTMLRewriter", "caches", "addEventListener", "removeEventListener", "dispatchEvent", "FetchEvent", "FixedLengthStream", "scheduler",
		"awslambda", "localStorage", "sessionStorage", "XMLHttpRequest", "alert", "Deno", "Bun", "React", "JSX", "Netlify", "EdgeRuntime",
		"Twilio", "Runtime", "Functions", "twilioClient", "context", "describe", "it", "test", "expect", "beforeEach", "afterEach", "before", "after", "jest", "vi":
		return true
	}
	return false
}
