// Package echo stands in for the framework.
package echo

type Context interface {
	JSON(code int, i any) error
	NoContent(code int) error
}
