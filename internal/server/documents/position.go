package documents

import (
	"math"

	"go.lsp.dev/protocol"

	"github.com/handlervet/handlervet/internal/position"
)

// Encodings are the units of columns that the server knows, the cheapest first.
func Encodings() []protocol.PositionEncodingKind {
	return []protocol.PositionEncodingKind{
		protocol.PositionEncodingKindUTF8, protocol.PositionEncodingKindUTF16, protocol.PositionEncodingKindUTF32,
	}
}

// UnitOf is the unit of an encoding's columns; UTF-16 if it is not known.
func UnitOf(encoding protocol.PositionEncodingKind) position.Unit {
	switch encoding {
	case protocol.PositionEncodingKindUTF8:
		return position.Bytes
	case protocol.PositionEncodingKindUTF32:
		return position.Runes
	}
	return position.UTF16
}

// Offset is the byte offset of a position; the nearest one if there is no such position.
func Offset(index *position.Index, p protocol.Position, unit position.Unit) int {
	if p.Line >= uint32(index.Lines()) { //nolint:gosec // a text has fewer lines than that
		return index.Offset(position.Position{Line: index.Lines() + 1}, unit)
	}
	return index.Offset(position.Position{Line: int(p.Line) + 1, Column: int(min(p.Character, math.MaxInt32-1)) + 1}, unit)
}

// Position is that of a byte offset.
func Position(index *position.Index, offset int, unit position.Unit) protocol.Position {
	p := index.At(offset, unit)
	return protocol.Position{Line: uint32(p.Line - 1), Character: uint32(p.Column - 1)} //nolint:gosec // both count from 1
}

// Range is that of two byte offsets.
func Range(index *position.Index, start, end int, unit position.Unit) protocol.Range {
	return protocol.Range{Start: Position(index, start, unit), End: Position(index, max(start, end), unit)}
}
