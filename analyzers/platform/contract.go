// Package platform says what each platform requires of a handler (contracts, as data) and finds the
// handlers of a tree: from deployment files, paths, exports and registrations. Second step of the
// way: tree → handler + contract.
package platform

import "github.com/handlervet/handlervet/analyzers/contract"

// What rules read of a handler stands in package contract; this package fills it in.
//
//nolint:revive // aliases: what each is stands there
type (
	Role        = contract.Role
	Contract    = contract.Contract
	ReturnShape = contract.ReturnShape
	PathRule    = contract.PathRule
	Place       = contract.Place
	Budget      = contract.Budget
	Routing     = contract.Routing
	Property    = contract.Property
	Absence     = contract.Absence
	Read        = contract.Read
	Use         = contract.Use
	Answer      = contract.Answer
	Ability     = contract.Ability
	Loading     = contract.Loading
	Bundle      = contract.Bundle
	SettingKind = contract.SettingKind
	Setting     = contract.Setting
	Bounds      = contract.Bounds
	Outer       = contract.Outer
	Fault       = contract.Fault
	Retirement  = contract.Retirement
	Stage       = contract.Stage
)

// The words of package contract that the tables and the finder use.
const (
	RoleData            = contract.RoleData
	RoleContext         = contract.RoleContext
	RoleCallback        = contract.RoleCallback
	RoleResponder       = contract.RoleResponder
	RoleStream          = contract.RoleStream
	RoleNext            = contract.RoleNext
	AnyReturn           = contract.AnyReturn
	ResponseReturn      = contract.ResponseReturn
	ResponseOrUndefined = contract.ResponseOrUndefined
	ObjectOrUndefined   = contract.ObjectOrUndefined
	ProxyResult         = contract.ProxyResult
	Looked              = contract.Looked
	Compared            = contract.Compared
	Called              = contract.Called
	Assigned            = contract.Assigned
	Unasked             = contract.Unasked
	Never               = contract.Never
	ByNode              = contract.ByNode
	TimeSetting         = contract.TimeSetting
	SizeSetting         = contract.SizeSetting
	RuntimeSetting      = contract.RuntimeSetting
	PackageSetting      = contract.PackageSetting
	unknownBudget       = contract.UnknownBudget
)

// Handler is a handler with the place of its function in the tree.
type Handler struct {
	contract.Handler
	Entry Entry
}
