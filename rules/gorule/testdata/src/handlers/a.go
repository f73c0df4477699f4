package handlers

import (
	"context"
	"net/http"

	"github.com/GoogleCloudPlatform/functions-framework-go/functions"
	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
)

func plain(w http.ResponseWriter, r *http.Request) {} // want "plain: nethttp[$]"

func failing(w http.ResponseWriter, r *http.Request) error { return nil } // want "failing: nethttp.error[$]"

type server struct{}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) { // want "server.ServeHTTP: nethttp[$]"
	helper(w, r)
}

// helper is called by a handler: it is none.
func helper(w http.ResponseWriter, r *http.Request) {}

func wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // want "function literal in line 28: nethttp[$]"
		next.ServeHTTP(w, r)
	})
}

func withGin(c *gin.Context) {} // want "withGin: gin[$]"

func withEcho(c echo.Context) error { return nil } // want "withEcho: echo[$]"

func registered(w http.ResponseWriter, r *http.Request) {} // want "registered: gcf.go.http[$]"

func event(ctx context.Context, e functions.Event) error { return nil } // want "event: gcf.go.event[$]"

func typed(e event1) (string, error) { return "", nil } // want "typed: gcf.go.typed[$]"

type event1 struct{}

func invoked(ctx context.Context) error { return nil } // want "invoked: lambda.go[$]"

func void(ctx context.Context) {} // want "void: lambda.go.void[$]"

// Served is given to lambda.Start by another package.
func Served(ctx context.Context, e events.SQSEvent) error { return nil } // want "Served: lambda.go[$]"

func recorder(w *fake, r *http.Request) {}

type fake struct{ http.ResponseWriter }

func init() {
	functions.HTTP("registered", registered)
	functions.CloudEvent("event", event)
	functions.Typed("typed", typed)
	lambda.Start(invoked)
	lambda.Start(void)
	local := func() error { return nil } // want "function literal in line 62: lambda.go[$]"
	lambda.Start(local)
}
