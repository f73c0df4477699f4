// Package jsparse turns JavaScript and TypeScript text into a small tree.
// It is the first step of the JavaScript way: text → tree. Every node knows the
// bytes it covers, every name is bound to its declaration, types are gone.
// It is the only package that may import esbuild's parser (through the shim).
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

// ---- statements ----

type (
	// Block is `{ … }`.
	Block struct {
		Extent
		Body []Stmt
	}
	// Empty is `;`.
	Empty struct{ Extent }
	// ExprStmt is an expression used as a statement; Span includes the semicolon if there is one.
	ExprStmt struct {
		Extent
		X Expr
	}
	// VarDecl is `var|let|const` (Kind says which) with its declarators.
	VarDecl struct {
		Extent
		Kind     SymbolKind // Var, Let or Const
		Decls    []*Declarator
		Exported bool
	}
	// Declarator is one `pattern = init` of a declaration; Init may be nil.
	Declarator struct {
		Extent
		Target Pattern
		Init   Expr
	}
	// FuncDecl is a function declaration.
	FuncDecl struct {
		Extent
		Func     *Func // Func.Name is set, except for `export default function () {}`
		Exported bool
		Default  bool // export default
	}
	// ClassDecl is a class declaration.
	ClassDecl struct {
		Extent
		Class    *ClassExpr
		Exported bool
		Default  bool
	}
	// If is `if (Cond) Then else Else`; Else may be nil.
	If struct {
		Extent
		Cond       Expr
		Then, Else Stmt
	}
	// For is `for (Init; Cond; Post) Body`; Init is a *VarDecl, *ExprStmt or nil, Cond and Post may be nil.
	For struct {
		Extent
		Init       Stmt
		Cond, Post Expr
		Body       Stmt
	}
	// ForEach is `for (Left of|in Right) Body`; Left is a *VarDecl (one declarator without init) or an *ExprStmt.
	ForEach struct {
		Extent
		Left  Stmt
		Right Expr
		Body  Stmt
		In    bool // for…in
		Await bool // for await
	}
	// While is `while (Cond) Body`.
	While struct {
		Extent
		Cond Expr
		Body Stmt
	}
	// DoWhile is `do Body while (Cond)`.
	DoWhile struct {
		Extent
		Body Stmt
		Cond Expr
	}
	// Switch is `switch (Subject) { Cases }`.
	Switch struct {
		Extent
		Subject Expr
		Cases   []*Case
	}
	// Case is `case Test:` with its statements; Test is nil for `default:`.
	Case struct {
		Extent
		Test Expr
		Body []Stmt
	}
	// Try is `try Body catch (Param) Catch finally Finally`; Catch or Finally may be nil, so may Param.
	Try struct {
		Extent
		Body    *Block
		Param   Pattern
		Catch   *Block
		Finally *Block
	}
	// Return is `return X`; X may be nil.
	Return struct {
		Extent
		X Expr
	}
	// Throw is `throw X`.
	Throw struct {
		Extent
		X Expr
	}
	// Break is `break Label`; Label may be empty.
	Break struct {
		Extent
		Label string
	}
	// Continue is `continue Label`; Label may be empty.
	Continue struct {
		Extent
		Label string
	}
	// Labeled is `Label: Body`.
	Labeled struct {
		Extent
		Label string
		Body  Stmt
	}
	// ImportStmt is a static import; the names it binds are Symbols of kind Import.
	ImportStmt struct {
		Extent
		Path      string
		Default   *Symbol // import Default from
		Namespace *Symbol // import * as Namespace from
		Names     []ImportName
	}
	// ImportName is `{ Name as Local }`.
	ImportName struct {
		Name  string
		Local *Symbol
	}
	// ExportNames is `export { Local as Name }` (Path empty) or `export { Name } from Path`.
	ExportNames struct {
		Extent
		Path  string
		Names []ExportName
	}
	// ExportName is one entry of ExportNames; Local is nil and LocalName set for a re-export from a path.
	ExportName struct {
		Name      string
		LocalName string
		Local     *Symbol
	}
	// ExportAll is `export * from Path` or `export * as Name from Path`.
	ExportAll struct {
		Extent
		Path string
		Name string
	}
	// ExportDefault is `export default X` for an expression (functions and classes are declarations with Default set).
	ExportDefault struct {
		Extent
		X Expr
	}
	// OtherStmt is a statement that cannot change control and that no analysis asks about
	// (debugger, directives, TypeScript leftovers); X holds expressions inside it, if any.
	OtherStmt struct {
		Extent
		X []Expr
	}
)

// ---- patterns ----

type (
	// Name binds or assigns one variable.
	Name struct {
		Extent
		Symbol *Symbol
	}
	// ArrayPattern is `[a, b = 1, ...rest]`; an elided item is a zero PatternItem with nil Target.
	ArrayPattern struct {
		Extent
		Items []PatternItem
	}
	// ObjectPattern is `{ a, b: c = 1, ...rest }`.
	ObjectPattern struct {
		Extent
		Items []PatternItem
	}
	// PatternItem is one item of a pattern. In an assignment (not a declaration) Target may be any expression.
	PatternItem struct {
		Key      string // property name, if it is not computed
		Computed Expr   // `[expr]: target`
		Target   Pattern
		Default  Expr
		Rest     bool
	}
)

// ---- expressions ----

// LiteralKind says what a Literal is.
type LiteralKind uint8

// The kinds of literals.
const (
	String LiteralKind = iota
	Number
	BigInt
	Boolean
	Null
	Undefined
	Regexp
)

type (
	// Ident is a use of a variable.
	Ident struct {
		Extent
		Symbol *Symbol
	}
	// Literal is a constant; Value is its text (a string's content, `true`, `12`).
	Literal struct {
		Extent
		Kind  LiteralKind
		Value string
	}
	// Template is a template literal; Tag is nil unless tagged. Strings are the cooked (or raw) parts, one more than Parts.
	Template struct {
		Extent
		Tag     Expr
		Strings []string
		Parts   []Expr
	}
	// Array is `[ … ]`; holes are nil.
	Array struct {
		Extent
		Items []Expr
	}
	// Object is `{ … }`.
	Object struct {
		Extent
		Props []*Property
	}
	// Property is one property of an object literal or one member of a class.
	Property struct {
		Extent
		Key      string // empty if computed
		Computed Expr
		Value    Expr // nil for a class field without initialiser
		Spread   bool // `...Value`
		Method   bool
		Getter   bool
		Setter   bool
		Static   bool
		Block    *Block // class static block
		// Decorators are the expressions behind `@`, on class members only.
		Decorators []Expr
	}
	// Func is a function expression, arrow, method, or the function of a declaration.
	Func struct {
		Extent
		Name       *Symbol // nil if anonymous
		Params     []*Parameter
		Body       *Block // for an arrow with an expression body: a Block with one Return spanning the expression
		Async      bool
		Generator  bool
		Arrow      bool
		ExprBody   bool // arrow with an expression body
		ParamsSpan Span // from `(` to `)` inclusive, or the lone parameter of an arrow
	}
	// Parameter is one formal parameter.
	Parameter struct {
		Extent
		Target  Pattern
		Default Expr
		Rest    bool
		// Decorators are the expressions behind `@`.
		Decorators []Expr
	}
	// ClassExpr is a class expression or the class of a declaration.
	ClassExpr struct {
		Extent
		Name    *Symbol
		Extends Expr
		Members []*Property
		// Decorators are the expressions behind `@`; they stand before the class and inside its Span.
		Decorators []Expr
	}
	// Unary is a prefix operator: "!", "-", "+", "~", "typeof", "void", "delete".
	Unary struct {
		Extent
		Op string
		X  Expr
	}
	// Update is "++" or "--", before or after X.
	Update struct {
		Extent
		Op string
		X  Expr
	}
	// Binary is a binary operator without assignment, "&&", "||", "??" and "," included.
	Binary struct {
		Extent
		Op          string
		Left, Right Expr
	}
	// Assign is "=", "+=", "??=" and so on; Target is an expression or, for destructuring, a Pattern.
	Assign struct {
		Extent
		Op     string
		Target Node
		Value  Expr
	}
	// Conditional is `Cond ? Then : Else`.
	Conditional struct {
		Extent
		Cond, Then, Else Expr
	}
	// Call is `Callee(Args)`, or `Callee?.(Args)` with Optional set.
	Call struct {
		Extent
		Callee   Expr
		Args     []Expr
		Optional bool
	}
	// New is `new Callee(Args)`.
	New struct {
		Extent
		Callee Expr
		Args   []Expr
	}
	// Member is `Object.Name` or `Object["Name"]`, or `Object?.Name` with Optional set.
	Member struct {
		Extent
		Object   Expr
		Name     string
		NameSpan Span
		Optional bool
	}
	// Index is `Object[Key]` where Key is not a string literal.
	Index struct {
		Extent
		Object   Expr
		Key      Expr
		Optional bool
	}
	// Spread is `...X` in a call or an array.
	Spread struct {
		Extent
		X Expr
	}
	// Await is `await X`.
	Await struct {
		Extent
		X Expr
	}
	// Yield is `yield X` or, with Star, `yield* X`; X may be nil.
	Yield struct {
		Extent
		X    Expr
		Star bool
	}
	// Require is `require(Path)` with a constant path.
	Require struct {
		Extent
		Path string
	}
	// ImportCall is `import(Path)`; Path is empty and X set if it is not constant.
	ImportCall struct {
		Extent
		Path string
		X    Expr
	}
	// This is `this`.
	This struct{ Extent }
	// OtherExpr is an expression no analysis asks about (super, import.meta, new.target, JSX, …); X are its parts, in order of evaluation.
	OtherExpr struct {
		Extent
		X []Expr
	}
)

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
