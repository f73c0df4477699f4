package main

import (
	"context"
	"fmt"

	"github.com/aws/aws-lambda-go/lambda"
)

type event struct{}

type closer interface{ Close() }

func good(ctx context.Context, e event) (string, error) { return "", nil }

func noArguments() error { return nil }

func swapped(e event, ctx context.Context) error { return nil }

func three(ctx context.Context, e event, more string) error { return nil }

func noError(ctx context.Context, e event) string { return "" }

func errorFirst(e event) (error, string) { return nil, "" }

func takesInterface(c closer) error { return nil }

func takesAny(e any) (any, error) { return e, nil }

type invoker struct{}

func (invoker) Invoke(ctx context.Context, payload []byte) ([]byte, error) { return nil, nil }

func main() {
	lambda.Start(good)
	lambda.Start(noArguments)
	lambda.Start(takesAny)
	lambda.Start(invoker{})
	lambda.Start(swapped)                                  // want `handler takes two arguments, but the first is not Context. got struct`
	lambda.Start(three)                                    // want `handlers may not take more than two arguments, but handler takes 3`
	lambda.StartWithContext(context.Background(), noError) // want `handler returns a single value, but it does not implement error`
	lambda.StartWithOptions(errorFirst)                    // want `handler returns two values, but the second does not implement error`
	lambda.Start(takesInterface)                           // want `handler takes an interface, but it is not context.Context: "main.closer"`
	lambda.Start(nil)                                      // want `handler is nil`
	lambda.Start(fmt.Sprint("x"))                          // want `handler kind string is not func`
}
