package shim

import (
	"github.com/evanw/esbuild/internal/ast"
	"github.com/evanw/esbuild/internal/config"
	"github.com/evanw/esbuild/internal/js_ast"
	"github.com/evanw/esbuild/internal/js_parser"
	"github.com/evanw/esbuild/internal/logger"
)

// What a parse is asked with and what it says.
type (
	Options          = config.Options
	ProcessedDefines = config.ProcessedDefines
	JSXOptions       = config.JSXOptions
	TSOptions        = config.TSOptions
	TSConfig         = config.TSConfig
	Source           = logger.Source
	Path             = logger.Path
	Log              = logger.Log
	Msg              = logger.Msg
)

// Choices among options and messages.
const (
	ModeConvertFormat = config.ModeConvertFormat
	FormatESModule    = config.FormatESModule
	True              = config.True
	Error             = logger.Error
)

// Kinds of symbols, imports, members and declarations.
const (
	SymbolUnbound        = ast.SymbolUnbound
	SymbolHoisted        = ast.SymbolHoisted
	SymbolHoistedFn      = ast.SymbolHoistedFunction
	SymbolAsyncFn        = ast.SymbolGeneratorOrAsyncFunction
	SymbolCatch          = ast.SymbolCatchIdentifier
	SymbolClass          = ast.SymbolClass
	SymbolImport         = ast.SymbolImport
	SymbolConst          = ast.SymbolConst
	ImportStmt           = ast.ImportStmt
	ImportRequire        = ast.ImportRequire
	ImportDynamic        = ast.ImportDynamic
	ImportRequireResolve = ast.ImportRequireResolve
	ImportIsUnused       = ast.IsUnused
	OptionalChainStart   = js_ast.OptionalChainStart
	LocalVar             = js_ast.LocalVar
	LocalLet             = js_ast.LocalLet
	PropertyIsComputed   = js_ast.PropertyIsComputed
	PropertyIsStatic     = js_ast.PropertyIsStatic
	PropertyWasShorthand = js_ast.PropertyWasShorthand
	PropertyMethod       = js_ast.PropertyMethod
	PropertyGetter       = js_ast.PropertyGetter
	PropertySetter       = js_ast.PropertySetter
	PropertySpread       = js_ast.PropertySpread
	PropertyStaticBlock  = js_ast.PropertyClassStaticBlock
)

// Operators that need telling apart.
const (
	UnOpPreDec  = js_ast.UnOpPreDec
	UnOpPreInc  = js_ast.UnOpPreInc
	UnOpPostDec = js_ast.UnOpPostDec
	UnOpPostInc = js_ast.UnOpPostInc
	BinOpAdd    = js_ast.BinOpAdd
	BinOpAssign = js_ast.BinOpAssign
)

// InvalidRef is the reference that refers to nothing.
func InvalidRef() Ref { return ast.InvalidRef }

// OpText is how an operator is written.
func OpText(op OpCode) string { return js_ast.OpTable[op].Text }

// Parse runs esbuild's parser.
func Parse(log Log, source Source, options *Options) (AST, bool) {
	return js_parser.Parse(log, source, js_parser.OptionsFromConfig(options))
}
