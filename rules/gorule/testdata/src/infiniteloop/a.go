package main

import (
	"context"
	"net/http"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

func ready() bool { return false }

func polls(ctx context.Context) error {
	for { // want "nothing leaves this loop; only the time limit ends it: 15 min .the most that AWS Lambda allows."
		ready()
		time.Sleep(time.Second)
	}
}

func leaves(ctx context.Context) error {
	for {
		if ready() {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

func breaksSelect(w http.ResponseWriter, r *http.Request) {
	for { // want "nothing leaves this loop"
		select {
		case <-r.Context().Done():
			break
		case <-time.After(time.Second):
		}
	}
}

func breaksLoop(w http.ResponseWriter, r *http.Request) {
loop:
	for {
		select {
		case <-r.Context().Done():
			break loop
		case <-time.After(time.Second):
		}
	}
}

func blocks(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	select {}
}

func again(n int) error {
	return again(n - 1) // want "calls itself on every path"
}

func recurses(ctx context.Context) error { return again(3) }

func main() {
	go func() {
		for {
			time.Sleep(time.Second)
		}
	}()
	lambda.Start(polls)
	lambda.Start(leaves)
	lambda.Start(recurses)
}
