package main

import (
	"net/http"

	"github.com/aws/aws-lambda-go/lambdaurl"
)

func serve(w http.ResponseWriter, r *http.Request) {} // want "serve: lambda.go.url[$]"

func main() { lambdaurl.Start(http.HandlerFunc(serve)) }
