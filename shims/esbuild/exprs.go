package shim

import "github.com/evanw/esbuild/internal/js_ast"

// Expressions.
type (
	EAnnotation           = js_ast.EAnnotation
	EArray                = js_ast.EArray
	EArrow                = js_ast.EArrow
	EAwait                = js_ast.EAwait
	EBigInt               = js_ast.EBigInt
	EBinary               = js_ast.EBinary
	EBoolean              = js_ast.EBoolean
	ECall                 = js_ast.ECall
	EClass                = js_ast.EClass
	EDot                  = js_ast.EDot
	EFunction             = js_ast.EFunction
	EIdentifier           = js_ast.EIdentifier
	EIf                   = js_ast.EIf
	EImportCall           = js_ast.EImportCall
	EImportIdentifier     = js_ast.EImportIdentifier
	EImportMeta           = js_ast.EImportMeta
	EImportString         = js_ast.EImportString
	EIndex                = js_ast.EIndex
	EInlinedEnum          = js_ast.EInlinedEnum
	EJSXElement           = js_ast.EJSXElement
	EJSXText              = js_ast.EJSXText
	EMissing              = js_ast.EMissing
	ENew                  = js_ast.ENew
	ENewTarget            = js_ast.ENewTarget
	ENull                 = js_ast.ENull
	ENumber               = js_ast.ENumber
	EObject               = js_ast.EObject
	EPrivateIdentifier    = js_ast.EPrivateIdentifier
	ERegExp               = js_ast.ERegExp
	ERequireResolveString = js_ast.ERequireResolveString
	ERequireString        = js_ast.ERequireString
	ESpread               = js_ast.ESpread
	EString               = js_ast.EString
	ESuper                = js_ast.ESuper
	ETemplate             = js_ast.ETemplate
	EThis                 = js_ast.EThis
	EUnary                = js_ast.EUnary
	EUndefined            = js_ast.EUndefined
	EYield                = js_ast.EYield
)
