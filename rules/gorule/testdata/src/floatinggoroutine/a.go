package main

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/GoogleCloudPlatform/functions-framework-go/functions"
	"github.com/aws/aws-lambda-go/lambda"
	"golang.org/x/sync/errgroup"
)

type event struct{ IDs []string }

func save(string) error { return nil }

func left(ctx context.Context, e event) error {
	for _, id := range e.IDs {
		go save(id) // want "the handler returns without waiting for this goroutine: Lambda freezes it"
	}
	return nil
}

func leftInBranch(ctx context.Context, e event) error {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // want "the handler returns without waiting"
		defer wg.Done()
		save("a")
	}()
	if len(e.IDs) == 0 {
		return nil
	}
	wg.Wait()
	return nil
}

func waits(ctx context.Context, e event) error {
	var wg sync.WaitGroup
	for _, id := range e.IDs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			save(id)
		}()
	}
	wg.Wait()
	return nil
}

func waitsDeferred(ctx context.Context, e event) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() { save("a") })
	return nil
}

func group(ctx context.Context, e event) error {
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error { return save("a") })
	return g.Wait()
}

func groupLeft(ctx context.Context, e event) error {
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error { return save("a") }) // want "the handler returns without waiting"
	return nil
}

func channel(ctx context.Context, e event) error {
	done := make(chan error, 1)
	go func() { done <- save("a") }()
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
		return nil
	}
}

func results(ctx context.Context, e event) error {
	out := make(chan string)
	go produce(e.IDs, out)
	for id := range out {
		save(id)
	}
	return nil
}

func produce(ids []string, out chan<- string) {
	defer close(out)
	for _, id := range ids {
		out <- id
	}
}

func worker(wg *sync.WaitGroup, id string) {
	defer wg.Done()
	save(id)
}

func passed(ctx context.Context, e event) error {
	wg := &sync.WaitGroup{}
	for _, id := range e.IDs {
		wg.Add(1)
		go worker(wg, id)
	}
	wg.Wait()
	return nil
}

func spawn(wg *sync.WaitGroup, ids []string) {
	for _, id := range ids {
		wg.Add(1)
		go worker(wg, id)
	}
}

func byHelper(ctx context.Context, e event) error {
	var wg sync.WaitGroup
	spawn(&wg, e.IDs)
	wg.Wait()
	return nil
}

func heartbeat(ctx context.Context, e event) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Second):
			}
		}
	}()
	return save("a")
}

func cancels(ctx context.Context, e event) error {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		save("a")
	}()
	<-ctx.Done()
	return nil
}

type server struct {
	wg   sync.WaitGroup
	jobs chan string
}

func (s *server) handle(ctx context.Context, e event) error {
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		save("a")
	}()
	return nil
}

// ordinary servers go on after a response.
func ordinary(w http.ResponseWriter, r *http.Request) {
	go save("a")
}

func throttled(w http.ResponseWriter, r *http.Request) {
	go save("a") // want "Cloud Functions may stop giving it CPU"
	w.WriteHeader(http.StatusAccepted)
}

func main() {
	functions.HTTP("throttled", throttled)
	s := &server{}
	lambda.Start(left)
	lambda.Start(addsItself)
	lambda.Start(leftInBranch)
	lambda.Start(waits)
	lambda.Start(waitsDeferred)
	lambda.Start(group)
	lambda.Start(groupLeft)
	lambda.Start(channel)
	lambda.Start(results)
	lambda.Start(passed)
	lambda.Start(byHelper)
	lambda.Start(heartbeat)
	lambda.Start(cancels)
	lambda.Start(s.handle)
}

func addsItself(ctx context.Context) error {
	var wg sync.WaitGroup
	go func() { // want "the handler returns without waiting for this goroutine"
		wg.Add(1)
		defer wg.Done()
		println("x")
	}()
	wg.Wait()
	return nil
}
