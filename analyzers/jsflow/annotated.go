package jsflow

import (
	"slices"
	"strings"
	"sync"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/jstype"
)

// declarations are the types that a file declares, read when something asks for them.
type declarations struct {
	once     sync.Once
	types    *jstype.Declarations
	typedefs map[string]*jstype.Type
	tops     map[string]*jsparse.Symbol

	mu   sync.Mutex
	read map[place]*jstype.Type
	docs map[int]*jstype.Doc // by where the comment starts
	// locals are the types that functions declare.
	locals map[*jsparse.Func][]localType
}

// place is a part of a file from which a type is read; tag tells several of one JSDoc comment apart.
type place struct {
	start, end int
	tag        string
}

func (m *module) declared() *declarations {
	d := &m.typing
	d.once.Do(func() {
		var gaps [][2]int
		if m.typescript() {
			gaps = betweenStatements(m.file)
		}
		d.types = jstype.Declare(m.file.Text, gaps)
		d.typedefs = map[string]*jstype.Type{}
		for _, c := range m.file.Comments {
			if !strings.Contains(c.Text, "@typedef") {
				continue
			}
			if doc := jstype.ReadDoc(c.Text); doc != nil {
				for name, t := range doc.Typedefs {
					d.typedefs[name] = t
				}
			}
		}
		d.tops = map[string]*jsparse.Symbol{}
		for _, sym := range m.locals[nil] {
			d.tops[sym.Name] = sym
		}
		d.read = map[place]*jstype.Type{}
	})
	return d
}

func (m *module) typescript() bool { return isTypeScript(m.path) }

// betweenStatements are the parts of a file without code: there the parser has left out what declares types.
func betweenStatements(f *jsparse.File) [][2]int {
	code := make([]jsparse.Stmt, 0, len(f.Body))
	for _, st := range f.Body {
		switch st.(type) {
		case *jsparse.ImportStmt, *jsparse.ExportNames, *jsparse.ExportAll: // of these it has left out what only types use
		default:
			code = append(code, st)
		}
	}
	return between(code, 0, len(f.Text))
}

// between are the parts of a text from start to end that no statement covers.
func between(list []jsparse.Stmt, start, end int) [][2]int {
	spans := make([]jsparse.Span, len(list))
	for i, st := range list {
		spans[i] = st.Span()
	}
	slices.SortFunc(spans, func(a, b jsparse.Span) int { return a.Start - b.Start })
	var out [][2]int
	for _, sp := range spans {
		if sp.Start > start {
			out = append(out, [2]int{start, sp.Start})
		}
		start = max(start, sp.End)
	}
	if start < end {
		out = append(out, [2]int{start, end})
	}
	return out
}

// top is a name that the file itself binds at its top, to a value.
func (m *module) top(name string) *jsparse.Symbol { return m.declared().tops[name] }

// shadows tells whether a type's name is declared more than once in the file: which one is meant is not asked.
func (m *module) shadows(name string) bool {
	d := m.declared()
	n := 0
	for _, word := range []string{"interface ", "type ", "class ", "enum ", "namespace "} {
		for rest := m.file.Text; ; {
			i := strings.Index(rest, word+name)
			if i < 0 {
				break
			}
			before := i == 0 || !isNameByte(rest[i-1])
			rest = rest[i+len(word)+len(name):]
			if before && (rest == "" || !isNameByte(rest[0])) {
				n++
			}
		}
	}
	if d.types.Types[name] != nil && !d.types.Types[name].Again || m.top(name) != nil {
		n--
	}
	if d.types.Global[name] != nil {
		n--
	}
	return n > 0
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$'
}

// reference is a type that names something of the file; the same one each time.
func (m *module) reference(name string) *jstype.Type {
	return m.typeAt(place{tag: name}, func() *jstype.Type { return &jstype.Type{Kind: jstype.Reference, Name: name} })
}

// typeAt reads a type once: values that know a type are told apart by it.
func (m *module) typeAt(at place, read func() *jstype.Type) *jstype.Type {
	d := m.declared()
	d.mu.Lock()
	defer d.mu.Unlock()
	t, ok := d.read[at]
	if !ok {
		t = read()
		d.read[at] = t
	}
	return t
}

// annotation is the type behind a colon that stands at from, with `?` or `!` before it; nil if none does.
func (m *module) annotation(from, to int) *jstype.Type {
	if !m.typescript() || from < 0 || to > len(m.file.Text) || from >= to {
		return nil
	}
	at := skipBlank(m.file.Text, from, to)
	if at < to && (m.file.Text[at] == '?' || m.file.Text[at] == '!') {
		at = skipBlank(m.file.Text, at+1, to)
	}
	if at >= to || m.file.Text[at] != ':' {
		return nil
	}
	return m.typeAt(place{start: at + 1, end: to}, func() *jstype.Type { return jstype.Read(m.file.Text, at+1, to) })
}

func skipBlank(text string, at, end int) int {
	for at < end && isSpace(text[at]) {
		at++
	}
	return at
}

// doc is the JSDoc comment before what starts at an offset; between them stands nothing but what leads to it:
// `export const send = async`.
func (m *module) doc(start int) *jstype.Doc {
	i, _ := slices.BinarySearchFunc(m.file.Comments, start, func(c jsparse.Comment, at int) int { return c.Start - at })
	if i == 0 {
		return nil
	}
	c := m.file.Comments[i-1]
	if c.End > start || !strings.HasPrefix(c.Text, "/**") || !leadsTo(m.file.Text[c.End:start]) {
		return nil
	}
	return m.docOf(c)
}

func leadsTo(between string) bool {
	if strings.Count(between, "=") > 1 || declaring(between) > 1 {
		return false
	}
	for i := range len(between) {
		switch c := between[i]; {
		case isNameByte(c), isSpace(c), c == '.', c == '=', c == ':', c == '#', c == '*':
		default:
			return false
		}
	}
	return true
}

// declaring counts the words with which declarations start.
func declaring(text string) int {
	n := 0
	for _, word := range strings.Fields(text) {
		switch word {
		case "const", "let", "var", "function", "class":
			n++
		}
	}
	return n
}

func (m *module) docOf(c jsparse.Comment) *jstype.Doc {
	d := m.declared()
	d.mu.Lock()
	defer d.mu.Unlock()
	doc, ok := d.docs[c.Start]
	if !ok {
		doc = jstype.ReadDoc(c.Text)
		if d.docs == nil {
			d.docs = map[int]*jstype.Doc{}
		}
		d.docs[c.Start] = doc
	}
	return doc
}
