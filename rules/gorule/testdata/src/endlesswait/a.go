package main

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

func load() (string, error) { return "", errors.New("no") }

func blocks(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	select {} // want "nothing wakes a select without a case; the request is never answered"
}

func nobodySends(ctx context.Context) error {
	ch := make(chan error)
	return <-ch // want "nothing sends to `ch` or closes it, so this blocks forever; only the time limit ends it: 15 min"
}

func neverMade(ctx context.Context) error {
	var ch chan error
	return <-ch // want "`ch` is nil"
}

func nobodyReceives(ctx context.Context) error {
	ch := make(chan int)
	ch <- 1 // want "nobody receives from `ch`"
	return nil
}

func sendsToItself(ctx context.Context) error {
	ch := make(chan int)
	ch <- 1 // want "only this goroutine receives from it"
	<-ch
	return nil
}

func buffered(ctx context.Context) error {
	ch := make(chan int, 1)
	ch <- 1
	<-ch
	return nil
}

func mayNotSend(w http.ResponseWriter, r *http.Request) {
	done := make(chan error)
	go func() {
		_, err := load()
		if err != nil {
			return
		}
		done <- nil
	}()
	<-done // want "the goroutine of line 52 may end without having sent to `done`"
	w.WriteHeader(http.StatusNoContent)
}

func sendsAlways(w http.ResponseWriter, r *http.Request) {
	done := make(chan error, 1)
	go func() {
		_, err := load()
		if err != nil {
			done <- err
			return
		}
		done <- nil
	}()
	<-done
	w.WriteHeader(http.StatusNoContent)
}

func defersClose(w http.ResponseWriter, r *http.Request) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if _, err := load(); err != nil {
			return
		}
	}()
	<-done
}

func waitsWithLimit(w http.ResponseWriter, r *http.Request) {
	done := make(chan error)
	go func() {
		if _, err := load(); err == nil {
			done <- nil
		}
	}()
	select {
	case <-done:
	case <-r.Context().Done():
	}
}

func given(ch chan int) int { return <-ch }

func stored(w http.ResponseWriter, r *http.Request) {
	ch := make(chan int)
	go func(out chan int) { out <- 1 }(ch)
	given(ch)
}

func neverClosed(ctx context.Context) error {
	ch := make(chan int)
	go func() {
		for i := range 3 {
			ch <- i
		}
	}()
	for range ch { // want "nothing closes `ch`, so this loop never ends"
	}
	return nil
}

func closed(ctx context.Context) error {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range 3 {
			ch <- i
		}
	}()
	for range ch {
	}
	return nil
}

func collects(ctx context.Context) error {
	ch := make(chan int)
	list := []int{1, 2}
	go func() {
		for _, x := range list {
			ch <- x
		}
	}()
	for range list {
		<-ch
	}
	return nil
}

type store struct {
	mu   sync.Mutex
	all  sync.RWMutex
	data map[string]string
}

func (s *store) get(key string) string {
	s.mu.Lock() // want "`s.mu` is locked on this path already"
	defer s.mu.Unlock()
	return s.data[key]
}

func (s *store) copyAll() map[string]string {
	s.all.RLock()
	defer s.all.RUnlock()
	return s.data
}

func (s *store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Method == http.MethodGet {
		w.Write([]byte(s.get("x")))
		return
	}
	s.copyAll()
	w.WriteHeader(http.StatusNoContent)
}

type fine struct {
	mu   sync.Mutex
	next *fine
	data map[string]string
}

func (s *fine) get(key string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.data[key]
}

func (s *fine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	locked := r.Method == http.MethodGet
	if !locked {
		s.mu.Unlock()
	}
	s.next.get("x")
	if locked {
		s.mu.Unlock()
	}
	w.Write([]byte(s.get("x")))
}

var (
	first  sync.Mutex
	second sync.Mutex
)

func forgets(ctx context.Context) error {
	for i := range 3 {
		first.Lock() // want "`first` is locked on this path already"
		if i == 1 {
			continue
		}
		first.Unlock()
	}
	return nil
}

func walks(ctx context.Context) error {
	list := []*fine{{}, {}}
	for _, f := range list {
		f.mu.Lock()
	}
	second.Lock()
	second.Unlock()
	second.Lock()
	second.Unlock()
	return nil
}

func noDone(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		load()
	}()
	wg.Wait() // want "nothing calls Done of `wg`"
	return nil
}

func mayNotBeDone(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if _, err := load(); err != nil {
			return
		}
		wg.Done()
	}()
	wg.Wait() // want "the goroutine of line 243 may end without having called Done of `wg`"
	return nil
}

func work(wg *sync.WaitGroup) {
	defer wg.Done()
	time.Sleep(time.Millisecond)
}

func lazy(wg *sync.WaitGroup) {
	if _, err := load(); err != nil {
		return
	}
	wg.Done()
}

func handsOn(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Add(1)
	go work(&wg)
	wg.Wait()
	return nil
}

func handsOnBadly(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Add(1)
	go lazy(&wg)
	wg.Wait() // want "the goroutine of line 276 may end without having called Done of `wg`"
	return nil
}

func main() {
	lambda.Start(nobodySends)
	lambda.Start(neverMade)
	lambda.Start(nobodyReceives)
	lambda.Start(sendsToItself)
	lambda.Start(buffered)
	lambda.Start(neverClosed)
	lambda.Start(closed)
	lambda.Start(collects)
	lambda.Start(forgets)
	lambda.Start(walks)
	lambda.Start(noDone)
	lambda.Start(mayNotBeDone)
	lambda.Start(handsOn)
	lambda.Start(handsOnBadly)
}

type cache struct {
	mu      sync.RWMutex
	entries map[string]string
}

func (c *cache) get(key string) (string, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	e, ok := c.entries[key]
	return e, ok
}

func (c *cache) set(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = "x"
}

func caches(c *cache) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if entry, ok := c.get("a"); ok {
			w.Write([]byte(entry))
			return
		}
		c.set("a")
	}
}
