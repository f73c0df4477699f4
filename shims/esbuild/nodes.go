// Package shim gives names to those internals of esbuild that the JavaScript front end needs. It
// holds aliases and one call, and no logic. Its module path lies under esbuild's because Go lets
// nobody else import them.
package shim

import (
	"github.com/evanw/esbuild/internal/ast"
	"github.com/evanw/esbuild/internal/js_ast"
	"github.com/evanw/esbuild/internal/logger"
)

// The parts that trees are made of.
type (
	AST          = js_ast.AST
	Loc          = logger.Loc
	Range        = logger.Range
	Ref          = ast.Ref
	LocRef       = ast.LocRef
	Symbol       = ast.Symbol
	SymbolKind   = ast.SymbolKind
	ImportRecord = ast.ImportRecord
	ImportKind   = ast.ImportKind
	Stmt         = js_ast.Stmt
	Expr         = js_ast.Expr
	Binding      = js_ast.Binding
	Fn           = js_ast.Fn
	FnBody       = js_ast.FnBody
	Arg          = js_ast.Arg
	Class        = js_ast.Class
	Property     = js_ast.Property
	PropertyKind = js_ast.PropertyKind
	Decorator    = js_ast.Decorator
	Decl         = js_ast.Decl
	Case         = js_ast.Case
	ClauseItem   = js_ast.ClauseItem
	TemplatePart = js_ast.TemplatePart
	OpCode       = js_ast.OpCode
	LocalKind    = js_ast.LocalKind
)

// Statements.
type (
	SBlock         = js_ast.SBlock
	SBreak         = js_ast.SBreak
	SClass         = js_ast.SClass
	SComment       = js_ast.SComment
	SContinue      = js_ast.SContinue
	SDebugger      = js_ast.SDebugger
	SDirective     = js_ast.SDirective
	SDoWhile       = js_ast.SDoWhile
	SEmpty         = js_ast.SEmpty
	SExportClause  = js_ast.SExportClause
	SExportDefault = js_ast.SExportDefault
	SExportFrom    = js_ast.SExportFrom
	SExportStar    = js_ast.SExportStar
	SExpr          = js_ast.SExpr
	SFor           = js_ast.SFor
	SForIn         = js_ast.SForIn
	SForOf         = js_ast.SForOf
	SFunction      = js_ast.SFunction
	SIf            = js_ast.SIf
	SImport        = js_ast.SImport
	SLabel         = js_ast.SLabel
	SLocal         = js_ast.SLocal
	SReturn        = js_ast.SReturn
	SSwitch        = js_ast.SSwitch
	SThrow         = js_ast.SThrow
	STry           = js_ast.STry
	SWhile         = js_ast.SWhile
	SWith          = js_ast.SWith
)

// Patterns.
type (
	BArray      = js_ast.BArray
	BIdentifier = js_ast.BIdentifier
	BMissing    = js_ast.BMissing
	BObject     = js_ast.BObject
)
