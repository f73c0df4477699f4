package modules

import "github.com/handlervet/handlervet/analyzers/contract"

// What rules read of a file's imports stands in package contract; this package fills it in.
//
//nolint:revive // aliases: what each is stands there
type (
	UseKind = contract.RequireKind
	Use     = contract.Require
	Awaited = contract.Awaited
	Package = contract.Package
	Style   = contract.Style
)

// The words of package contract that the resolver uses.
const (
	Require     = contract.ByRequire
	Import      = contract.ByImport
	ImportCall  = contract.ByImportCall
	Unseen      = contract.Unseen
	CommonJS    = contract.CommonJS
	ESModule    = contract.ESModule
	NotExported = contract.NotExported
)
