// Package functions stands in for the framework.
package functions

import (
	"context"
	"net/http"
)

type Event struct{}

func HTTP(name string, fn func(http.ResponseWriter, *http.Request)) {}
func Typed(name string, fn any)                                     {}
func CloudEvent(name string, fn func(context.Context, Event) error) {}
