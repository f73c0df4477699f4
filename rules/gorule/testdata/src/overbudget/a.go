package main

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func ask() error {
	if time.Now().Hour() < 12 {
		return errors.New("too early")
	}
	return nil
}

func patient(ctx context.Context, e events.APIGatewayV2HTTPRequest) (string, error) {
	time.Sleep(40 * time.Second) // want "the answer comes after 40 s at the earliest, but the limit of the gateway is 30 s"
	return "", nil
}

func retries(ctx context.Context, e events.APIGatewayV2HTTPRequest) (string, error) {
	for i := 0; i < 5; i++ {
		if err := ask(); err == nil {
			return "fine", nil
		}
		time.Sleep(10 * time.Second) // want "the answer comes after 40 s at the earliest"
	}
	return "", errors.New("gave up")
}

func doubles(ctx context.Context, e events.APIGatewayV2HTTPRequest) (string, error) {
	delay := time.Second
	for range 6 {
		if ask() == nil {
			break
		}
		<-time.After(delay) // want "the answer comes after 31 s at the earliest"
		delay *= 2
	}
	return "", nil
}

func shifts(ctx context.Context, e events.APIGatewayV2HTTPRequest) error {
	var err error
	for attempt := 0; attempt < 4; attempt++ {
		if err = ask(); err == nil {
			return nil
		}
		if attempt < 3 {
			time.Sleep(time.Duration(1<<attempt) * time.Second)
		}
	}
	return err
}

func fewRetries(ctx context.Context, e events.APIGatewayV2HTTPRequest) error {
	for _, d := range []time.Duration{time.Second, 5 * time.Second} {
		if ask() == nil {
			return nil
		}
		time.Sleep(d)
	}
	return errors.New("gave up")
}

func listed(ctx context.Context, e events.APIGatewayV2HTTPRequest) error {
	for _, d := range []time.Duration{time.Second, 35 * time.Second} {
		if ask() == nil {
			return nil
		}
		time.Sleep(d) // want "the answer comes after 36 s at the earliest"
	}
	return errors.New("gave up")
}

// cron has no gateway, and Lambda lets it have fifteen minutes.
func cron(ctx context.Context, e events.CloudWatchEvent) error {
	time.Sleep(5 * time.Minute)
	return nil
}

func longCron(ctx context.Context) error {
	for i := 0; i <= 20; i++ {
		time.Sleep(time.Minute) // want "the answer comes after 1260 s at the earliest, but the limit of the handler is 15 min"
	}
	return nil
}

func helper() { time.Sleep(45 * time.Second) } // want "the answer comes after 45 s at the earliest"

func throughHelper(ctx context.Context, e events.APIGatewayProxyRequest) error {
	helper()
	return nil
}

func beside(ctx context.Context, e events.APIGatewayProxyRequest) error {
	done := make(chan struct{})
	go func() {
		time.Sleep(time.Hour)
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(5 * time.Second):
	}
	return nil
}

func main() {
	lambda.Start(patient)
	lambda.Start(retries)
	lambda.Start(doubles)
	lambda.Start(shifts)
	lambda.Start(fewRetries)
	lambda.Start(listed)
	lambda.Start(cron)
	lambda.Start(longCron)
	lambda.Start(throughHelper)
	lambda.Start(beside)
}
