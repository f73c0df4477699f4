// Package lambda stands in for the SDK: its functions have the same names and types.
package lambda

import "context"

type Option func()

type Handler interface {
	Invoke(ctx context.Context, payload []byte) ([]byte, error)
}

func Start(handler any)                                                                         {}
func StartWithOptions(handler any, options ...Option)                                           {}
func StartWithContext(ctx context.Context, handler any)                                         {}
func StartHandler(handler Handler)                                                              {}
func StartHandlerFunc[In, Out any](f func(context.Context, In) (Out, error), options ...Option) {}
