package main

import (
	"context"
	"net/http"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

func ready() bool { return time.Now().Hour() > 12 }

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

func fetch() (string, error) {
	if time.Now().Hour() < 12 {
		return "", context.DeadlineExceeded
	}
	return "fine", nil
}

func retries(w http.ResponseWriter, r *http.Request) {
	var v string
	for { // want "this loop tries again after every failure, without a limit; the request is never answered"
		var err error
		v, err = fetch()
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
	w.Write([]byte(v))
}

func retriesOnError(w http.ResponseWriter, r *http.Request) {
	for { // want "this loop tries again after every failure"
		v, err := fetch()
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		w.Write([]byte(v))
		return
	}
}

func counts(w http.ResponseWriter, r *http.Request) {
	attempts := 0
	for {
		v, err := fetch()
		if err != nil {
			if attempts++; attempts > 3 {
				http.Error(w, "no", http.StatusBadGateway)
				return
			}
			continue
		}
		w.Write([]byte(v))
		return
	}
}

func untilDeadline(w http.ResponseWriter, r *http.Request) {
	end := time.Now().Add(time.Second)
	for time.Now().Before(end) {
		if v, err := fetch(); err == nil {
			w.Write([]byte(v))
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func waitsUntilReady(w http.ResponseWriter, r *http.Request) {
	for !ready() { // want "this loop asks again until somebody else changes the answer"
		time.Sleep(time.Second)
	}
	w.WriteHeader(http.StatusNoContent)
}

func watchesContext(w http.ResponseWriter, r *http.Request) {
	for !ready() {
		if r.Context().Err() != nil {
			return
		}
		time.Sleep(time.Second)
	}
	w.WriteHeader(http.StatusNoContent)
}

func reads(next func() (string, error)) (string, error) {
	all := ""
	for {
		part, err := next()
		if err != nil {
			return all, err
		}
		all += part
	}
}

func readsAll(w http.ResponseWriter, r *http.Request) {
	v, _ := reads(fetch)
	w.Write([]byte(v))
}

func unchanged(w http.ResponseWriter, r *http.Request) {
	i, n := 0, 10
	for i < n { // want "nothing in this loop changes `i`, `n`"
		ready()
	}
	w.WriteHeader(http.StatusNoContent)
}

func recedes(w http.ResponseWriter, r *http.Request) {
	for i := 0; i < 10; i-- { // want "`i` does not come nearer to the end of this loop"
		ready()
	}
	w.WriteHeader(http.StatusNoContent)
}

func unsigned(w http.ResponseWriter, r *http.Request) {
	for i := uint(10); i >= 0; i-- { // want "nothing leaves this loop"
		ready()
	}
	w.WriteHeader(http.StatusNoContent)
}

func shrinks(w http.ResponseWriter, r *http.Request) {
	list := []string{"a", "b"}
	for len(list) > 0 {
		list = list[1:]
	}
	stop := false
	change := func() { stop = true }
	for !stop {
		change()
	}
	w.WriteHeader(http.StatusNoContent)
}

type client struct{}

func (client) list(token string) (items []string, next string) { return nil, token }

func pages(w http.ResponseWriter, r *http.Request) {
	token := ""
	for {
		items, next := client{}.list(token)
		println(items)
		if next == "" {
			break
		}
		token = next
		time.Sleep(time.Second)
	}
	w.WriteHeader(http.StatusNoContent)
}
