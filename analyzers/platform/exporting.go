package platform

import "bytes"

// exportsHandlerByName tells whether a text exports `handler` or `lambdaHandler`, or replaces module.exports, without
// parsing it: thousands of files are asked, few have one.
func exportsHandlerByName(text []byte) bool {
	for rest := text; ; {
		i := bytes.Index(rest, []byte("export"))
		if i < 0 {
			return false
		}
		before := rest[:i]
		rest = rest[i+len("export"):]
		if bytes.HasPrefix(rest, []byte("s")) {
			if exportsMember(before, rest[1:]) {
				return true
			}
		} else if exportsDeclaration(rest) {
			return true
		}
	}
}

// exportsMember looks at what stands around `exports`.
func exportsMember(before, after []byte) bool {
	if name, ok := bytes.CutPrefix(after, []byte(".")); ok {
		return isHandlerName(word(name))
	}
	return bytes.HasSuffix(before, []byte("module.")) && assigns(blanks(after))
}

// exportsDeclaration looks at what stands behind `export`.
func exportsDeclaration(rest []byte) bool {
	after := blanks(rest)
	if assigns(after) {
		return true
	}
	if list, ok := bytes.CutPrefix(after, []byte("{")); ok {
		list, _, _ = bytes.Cut(list, []byte("}"))
		return exportsName(list)
	}
	for len(after) < len(rest) {
		w := word(after)
		switch string(w) {
		case "const", "let", "var", "async", "function":
			rest, after = after[len(w):], blanks(after[len(w):])
		default:
			return isHandlerName(w)
		}
	}
	return false
}

func exportsName(list []byte) bool {
	for len(list) > 0 {
		w := word(list)
		if isHandlerName(w) {
			return true
		}
		list = list[max(len(w), 1):]
	}
	return false
}

func assigns(text []byte) bool {
	return bytes.HasPrefix(text, []byte("=")) && !bytes.HasPrefix(text, []byte("==")) && !bytes.HasPrefix(text, []byte("=>"))
}

func isHandlerName(w []byte) bool { return string(w) == "handler" || string(w) == "lambdaHandler" }

// word is the name that a text begins with.
func word(text []byte) []byte {
	n := 0
	for n < len(text) && (text[n] == '_' || text[n] == '$' || '0' <= text[n] && text[n] <= '9' ||
		'a' <= text[n]|0x20 && text[n]|0x20 <= 'z' || text[n] >= 0x80) {
		n++
	}
	return text[:n]
}

func blanks(text []byte) []byte { return bytes.TrimLeft(text, " \t\r\n") }
