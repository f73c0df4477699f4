package flow

import (
	"strconv"
	"strings"
)

// Field is a property of a Record, and what it holds.
type Field struct {
	Name  string
	Value Operand
}

// openRecord is the line of a record that may have more properties than it tells.
const openRecord = "…\n"

// record is the value of a Record: a line for each property.
func (m *machine) record(s *state, o Record) value {
	if s.cur.node.fn.effects&completes == 0 {
		return value{kind: Object}
	}
	var b strings.Builder
	for _, p := range o.Of {
		if !m.ix.remembers(s.cur.node.fn, p) {
			continue
		}
		v := m.eval(s, p.Value)
		kind, text := v.kind, ""
		switch kind {
		case Constant:
			text = v.text
		case Promise:
			kind = Truthy // which one is not remembered
		}
		b.WriteString(strconv.Quote(p.Name) + " " + strconv.Itoa(int(kind)) + " " + strconv.Quote(text) + "\n")
	}
	if o.Open {
		b.WriteString(openRecord)
	}
	return value{kind: Object, text: b.String()}
}

// remembers tells whether what a function puts into a property matters: somebody reads it, and the function answers, so
// that what it hands out may tell whether it did.
func (ix *index) remembers(f *fn, p Field) bool {
	return f.effects&completes != 0 && ix.reads[p.Name]
}

// property is what a record says of one of its properties; the last line of a name counts.
func (v value) property(name string) (value, bool) {
	if v.kind != Object || v.text == "" {
		return unknown, false
	}
	line := ""
	for l := range strings.Lines(v.text) {
		if rest, is := strings.CutPrefix(l, strconv.Quote(name)+" "); is {
			line = rest
		}
	}
	if line == "" {
		return value{kind: Undefined}, !strings.HasSuffix(v.text, openRecord)
	}
	kind, quoted, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
	k, errKind := strconv.Atoi(kind)
	text, errText := strconv.Unquote(quoted)
	if errKind != nil || errText != nil {
		return unknown, false
	}
	found := value{kind: Kind(k), text: text}
	return found, !found.isUnknown()
}
