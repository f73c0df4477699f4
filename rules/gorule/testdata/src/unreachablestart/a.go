package main

import (
	"log"

	"github.com/aws/aws-lambda-go/lambda"
)

func one() error { return nil }

func two() error { return nil }

func chosen(name string) {
	switch name {
	case "one":
		lambda.Start(one)
		break
	default:
		lambda.Start(two)
	}
	if name == "three" {
		lambda.Start(one)
		return
	}
}

func main() {
	lambda.Start(one)
	lambda.Start(two) // want "lambda.Start never returns, so this is never reached"
	log.Println("done")
}
