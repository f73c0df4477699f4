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
	lambda.Start(panics)
	lambda.Start(recovers)
	lambda.Start(impossible)
}

func panics(ctx context.Context, name string) error {
	if _, err := os.Open(name); err != nil {
		panic(err) // want "`panic` ends the process while the handler runs: Lambda reports it, ends the process"
	}
	return nil
}

func recovers(ctx context.Context, name string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
	}()
	if _, err := os.Open(name); err != nil {
		panic(err)
	}
	return nil
}

func impossible(ctx context.Context, n int) error {
	switch {
	case n >= 0, n < 0:
		return nil
	}
	panic("unreachable")
}

func answers(w http.ResponseWriter, r *http.Request) {
	if _, err := os.Open(r.URL.Path); err != nil {
		panic(err)
	}
}
