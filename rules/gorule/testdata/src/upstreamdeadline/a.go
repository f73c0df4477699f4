package main

import (
	"net/http"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

var limited = &http.Client{Timeout: time.Second}

var unlimited = &http.Client{}

func fetch() error {
	_, err := http.Get("https://example.com") // want "`http.Get` has no time limit"
	return err
}

func asks() error {
	if err := fetch(); err != nil {
		return err
	}
	if _, err := limited.Get("https://example.com"); err != nil {
		return err
	}
	_, err := unlimited.Get("https://example.com") // want "`unlimited.Get` has no time limit"
	return err
}

func does() error {
	req, err := http.NewRequest(http.MethodGet, "https://example.com", nil)
	if err != nil {
		return err
	}
	client := &http.Client{}
	_, err = client.Do(req) // want "`client.Do` has no time limit"
	return err
}

func later() error {
	client := &http.Client{}
	client.Timeout = time.Second
	_, err := client.Get("https://example.com")
	return err
}

// startup is no handler's business.
func startup() {
	http.Get("https://example.com")
}

func main() {
	startup()
	lambda.Start(asks)
	lambda.Start(does)
	lambda.Start(later)
}
