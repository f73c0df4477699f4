package jsparse

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
