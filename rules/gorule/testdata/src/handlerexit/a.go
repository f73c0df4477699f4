package main

import (
	"context"
	"log"
	"net/http"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
)

func connect() {
	if os.Getenv("DB") == "" {
		log.Fatal("no database") // want "`log.Fatal` ends the process while the handler runs: Lambda reports Runtime.ExitError"
	}
}

func handle(ctx context.Context) error {
	connect()
	return nil
}

func serve(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/quit" {
		os.Exit(0) // want "`os.Exit` ends the process while the handler runs: every request in flight is lost"
	}
}

func main() {
	if len(os.Args) > 2 {
		log.Fatal("usage")
	}
	lambda.Start(handle)
}
