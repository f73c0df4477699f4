// Package jsparse turns JavaScript and TypeScript text into a small tree. First step of the way:
// text → tree. Every node knows the bytes it covers, every name is bound to its declaration, types
// are gone. Only this package may import esbuild's parser (through the shim).
package jsparse

// Node is a statement, an expression or a pattern.
type Node interface {
	// Span is the node's bytes in the file: offsets from 0, end exclusive.
	Span() Span
}

// Span is a half-open range of byte offsets.
type Span struct{ Start, End int }

// Span lets whatever embeds an Extent be a Node.
func (s Span) Span() Span { return s }

// Extent is the name under which nodes embed their span: a field called Span
// would hide the method of that name.
type Extent = Span

// Stmt is a statement.
type Stmt interface{ Node }

// Expr is an expression.
type Expr interface{ Node }

// Pattern is what can stand left of `=` in a declaration or parameter list:
// *Name, *ArrayPattern or *ObjectPattern.
type Pattern interface{ Node }

// SymbolKind says what declared a name.
type SymbolKind uint8

// The kinds of declarations.
const (
	Unbound SymbolKind = iota // declared nowhere in the file: a global, or a mistake
	Var
	Let
	Const
	Function
	Class
	Param
	CatchParam
	Import // bound by an import statement
	Other  // TypeScript enum or namespace, label-like and generated names
)

// Symbol is one declared name (or one unbound name) of a file.
// Two Ident nodes mean the same variable if and only if their Symbol is the same pointer.
type Symbol struct {
	Name string
	Kind SymbolKind
}

// ImportKind says how a file names another.
type ImportKind uint8

// The kinds of imports.
const (
	StaticImport ImportKind = iota
	DynamicImport
	RequireCall
	RequireResolve
)

// ImportRecord is one specifier of the file.
type ImportRecord struct {
	Span
	Path string
	Kind ImportKind
}

// Comment is one comment, delimiters included.
type Comment struct {
	Span
	Text string
}

// File is a parsed file.
type File struct {
	Path     string // as given to Parse
	Text     string
	Body     []Stmt
	Imports  []ImportRecord
	Comments []Comment
	// ESModule is true if the file has import or export statements or top-level await.
	ESModule bool
	// TopLevelAwait is the first top-level await, zero if there is none.
	TopLevelAwait Span
}

// SyntaxError is why a file could not be parsed.
type SyntaxError struct {
	Path    string
	Span    Span
	Message string
	// Internal is true if the parser itself failed (a panic was caught).
	Internal bool
}

func (e *SyntaxError) Error() string { return e.Path + ": " + e.Message }
