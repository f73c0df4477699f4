package jsparse

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
