package detachedcontext

import (
	"context"
	"database/sql"
	"net/http"
	"os/exec"
	"time"
)

func ask(ctx context.Context, name string) error { return nil }

func request(ctx context.Context) error {
	_, err := http.NewRequest(http.MethodGet, "https://example.com", nil) // want "`http.NewRequest` ignores `ctx`"
	return err
}

func fresh(ctx context.Context) error {
	return ask(context.Background(), "a") // want "`context.Background` ignores `ctx`"
}

func serve(w http.ResponseWriter, r *http.Request) {
	ask(context.TODO(), "a") // want "`context.TODO` ignores `r.Context\\(\\)`"
	ask(r.Context(), "b")
}

func query(ctx context.Context, db *sql.DB) error {
	_, err := db.Exec("DELETE FROM t") // want "`db.Exec` ignores `ctx`"
	return err
}

func passes(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, "DELETE FROM t")
	return err
}

func own(ctx context.Context) error {
	limited, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return ask(limited, "a")
}

func outlives(ctx context.Context) {
	go ask(context.Background(), "a")
	defer ask(context.Background(), "b")
}

func without(name string) error { return ask(context.Background(), name) }

func unused(_ context.Context) error { return ask(context.Background(), "a") }

func onError(ctx context.Context) {
	if err := ask(ctx, "a"); err != nil {
		ask(context.Background(), "mark as failed")
	}
	ask(context.Background(), "b") // without the context of the request: this must be finished
}

func keeps(w http.ResponseWriter, r *http.Request) {
	ctx := context.Background() // want "`context.Background` ignores `r.Context\\(\\)`"
	ask(ctx, "a")
}

func makesAnother(r *http.Request) error {
	ctx := context.Background()
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return ask(limited, "a")
}

func forOthers(r *http.Request) {
	ctx := context.Background()
	go ask(ctx, "a")
	ctx2 := context.Background()
	if r.Method == http.MethodGet {
		ctx2 = r.Context()
	}
	ask(ctx2, "b")
}

func runs(ctx context.Context) error {
	return exec.Command("ls").Run() // want "`exec.Command` ignores `ctx`"
}

func afterReturn(w http.ResponseWriter, r *http.Request) {
	go ask(r.Context(), "a") // want "`r.Context\\(\\)` ends when the handler returns"
	go func() {
		ask(r.Context(), "b") // want "`r.Context\\(\\)` ends when the handler returns"
	}()
	go ask(context.WithoutCancel(r.Context()), "c")
	w.WriteHeader(http.StatusAccepted)
}

func waitsForIt(w http.ResponseWriter, r *http.Request) {
	done := make(chan error, 1)
	go func() { done <- ask(r.Context(), "b") }()
	if err := <-done; err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}
