// Package gin stands in for the framework.
package gin

import "net/http"

type H map[string]any

type ResponseWriter interface {
	http.ResponseWriter
	Status() int
}

type Context struct {
	Request *http.Request
	Writer  ResponseWriter
}

func (c *Context) JSON(code int, obj any)                      {}
func (c *Context) AbortWithStatusJSON(code int, obj any)       {}
func (c *Context) String(code int, format string, args ...any) {}
func (c *Context) ShouldBindJSON(obj any) error                { return nil }
func (c *Context) Param(key string) string                     { return "" }
func (c *Context) Abort()                                      {}
func (c *Context) Next()                                       {}
