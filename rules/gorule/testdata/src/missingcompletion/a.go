package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

func load() (string, error) {
	if time.Now().Hour() < 12 {
		return "", errors.New("too early")
	}
	return "fine", nil
}

func silent(w http.ResponseWriter, r *http.Request) {
	v, err := load()
	if err != nil { // want "the error is caught here, and nothing answers: net/http answers 200 with an empty body"
		log.Println(err)
		return
	}
	json.NewEncoder(w).Encode(v)
}

func answered(w http.ResponseWriter, r *http.Request) {
	v, err := load()
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	json.NewEncoder(w).Encode(v)
}

func goesOn(w http.ResponseWriter, r *http.Request) {
	v, err := load()
	if err != nil {
		v = "default"
	}
	json.NewEncoder(w).Encode(v)
}

// nothing answers on any path: 200 is all that this webhook says.
func webhook(w http.ResponseWriter, r *http.Request) {
	if _, err := load(); err != nil {
		log.Println(err)
		return
	}
	log.Println("received")
}

func writeFails(w http.ResponseWriter, r *http.Request) {
	if _, err := w.Write([]byte("x")); err != nil {
		log.Println(err)
		return
	}
}

func check(w http.ResponseWriter) error {
	if _, err := load(); err != nil {
		http.Error(w, "no", http.StatusBadGateway)
		return err
	}
	return nil
}

func helperAnswers(w http.ResponseWriter, r *http.Request) {
	if err := check(w); err != nil {
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func delegates(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, err := load(); err != nil {
			next.ServeHTTP(w, r)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

func swallowed(ctx context.Context, e any) {
	if _, err := load(); err != nil { // want "the error is caught here, and the handler has no result to report it"
		log.Println(err)
	}
}

func fatal(ctx context.Context, e any) {
	if _, err := load(); err != nil {
		log.Fatal(err)
	}
}

func reported(ctx context.Context, e any) error {
	if _, err := load(); err != nil {
		log.Println(err)
		return err
	}
	return nil
}

func main() {
	lambda.Start(swallowed)
	lambda.Start(fatal)
	lambda.Start(reported)
}
