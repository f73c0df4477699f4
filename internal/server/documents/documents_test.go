package documents

import (
	"testing"

	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/position"
)

const file = "file:///p/a.js"

// change replaces the text between two places, line and column from 0.
func change(line, column, endLine, endColumn uint32, text string) protocol.TextDocumentContentChangeEvent {
	return &protocol.TextDocumentContentChangePartial{Text: text, Range: protocol.Range{
		Start: protocol.Position{Line: line, Character: column}, End: protocol.Position{Line: endLine, Character: endColumn},
	}}
}

func TestChange(t *testing.T) {
	tests := []struct {
		name, text string
		unit       position.Unit
		changes    []protocol.TextDocumentContentChangeEvent
		want       string
	}{
		{"insert", "ab\ncd", position.UTF16, []protocol.TextDocumentContentChangeEvent{change(1, 1, 1, 1, "X")}, "ab\ncXd"},
		{"one after another", "abc", position.UTF16, []protocol.TextDocumentContentChangeEvent{change(0, 0, 0, 1, "xyz"), change(0, 3, 0, 4, "")}, "xyzc"},
		{"whole", "abc", position.UTF16, []protocol.TextDocumentContentChangeEvent{&protocol.TextDocumentContentChangeWholeDocument{Text: "new"}}, "new"},
		{"behind a wide character, UTF-16", "'😀' a", position.UTF16, []protocol.TextDocumentContentChangeEvent{change(0, 5, 0, 6, "b")}, "'😀' b"},
		{"behind a wide character, UTF-8", "'😀' a", position.Bytes, []protocol.TextDocumentContentChangeEvent{change(0, 7, 0, 8, "b")}, "'😀' b"},
		{"behind a wide character, UTF-32", "'😀' a", position.Runes, []protocol.TextDocumentContentChangeEvent{change(0, 4, 0, 5, "b")}, "'😀' b"},
		{"inside a surrogate pair", "😀a", position.UTF16, []protocol.TextDocumentContentChangeEvent{change(0, 1, 0, 2, "b")}, "ba"},
		{"a line's end", "a\r\nb", position.UTF16, []protocol.TextDocumentContentChangeEvent{change(0, 1, 1, 0, " ")}, "a b"},
		{"behind the line's end", "a\nb", position.UTF16, []protocol.TextDocumentContentChangeEvent{change(0, 99, 0, 99, ";")}, "a;\nb"},
		{"behind the text", "a\nb", position.UTF16, []protocol.TextDocumentContentChangeEvent{change(9, 0, 9, 9, ";")}, "a\nb;"},
		{"the largest numbers", "a\nb", position.UTF16, []protocol.TextDocumentContentChangeEvent{change(0, 1<<32-1, 1<<32-1, 1<<32-1, ";")}, "a;"},
		{"end before start", "abc", position.UTF16, []protocol.TextDocumentContentChangeEvent{change(0, 2, 0, 1, "X")}, "abXc"},
		{"nothing there", "", position.UTF16, []protocol.TextDocumentContentChangeEvent{change(0, 0, 0, 0, "a\n"), change(1, 0, 1, 0, "b")}, "a\nb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var s Store
			s.Open(&protocol.TextDocumentItem{URI: file, Version: 1, Text: tt.text})
			before := s.Snapshot()
			id := protocol.VersionedTextDocumentIdentifier{TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: file}, Version: 2}
			d := s.Change(id, tt.changes, tt.unit)
			if d == nil || d.Text != tt.want || d.Version != 2 {
				t.Fatalf("got %+v, want %q", d, tt.want)
			}
			if got := before.At(file).Text; got != tt.text {
				t.Errorf("the snapshot has changed to %q", got)
			}
		})
	}
}

func TestStore(t *testing.T) {
	var s Store
	if s.Open(&protocol.TextDocumentItem{URI: "untitled:x"}) != nil {
		t.Error("a text that is no file is taken for one")
	}
	id := protocol.VersionedTextDocumentIdentifier{TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: file}}
	if s.Change(id, nil, position.UTF16) != nil {
		t.Error("a text that is not open is changed")
	}
	s.Open(&protocol.TextDocumentItem{URI: file, Text: "a"})
	s.Close(file)
	s.Close(file)
	if len(s.Snapshot()) != 0 {
		t.Error("a closed text is still open")
	}
}

// FuzzPosition holds that an offset survives the way to a position and back, in every unit.
func FuzzPosition(f *testing.F) {
	f.Add("a\r\nb😀\rc\xff", 5)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		index := position.New([]byte(text))
		for _, encoding := range Encodings() {
			unit := UnitOf(encoding)
			p := Position(index, offset, unit)
			back := Offset(index, p, unit)
			if again := Position(index, back, unit); again != p || back < 0 || back > len(text) {
				t.Errorf("%s: %d is at %v, which is %d, which is at %v", encoding, offset, p, back, again)
			}
		}
	})
}
