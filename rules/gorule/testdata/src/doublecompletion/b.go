package doublecompletion

import (
	"net/http"

	"respond"
)

func elsewhere(w http.ResponseWriter, r *http.Request) {
	u, err := find(r)
	if err != nil {
		respond.Fail(w, http.StatusBadGateway, err) // want "`respond.Fail` answers here, and `respond.JSON` is called"
	}
	respond.JSON(w, u)
}

func elsewhereRight(w http.ResponseWriter, r *http.Request) {
	u, err := find(r)
	if err != nil {
		respond.Fail(w, http.StatusBadGateway, err)
		return
	}
	if err := respond.JSON(w, u); err != nil {
		respond.Fail(w, http.StatusInternalServerError, err)
	}
}

func elsewhereLines(w http.ResponseWriter, r *http.Request) {
	respond.Line(w, "one")
	respond.Line(w, "two")
	respond.IfMissing(w, r.URL)
}

func write(w http.ResponseWriter, v any) {
	if v == nil {
		http.NotFound(w, nil) // want "`http.NotFound` answers here, and `w.WriteHeader` is called"
	}
	w.WriteHeader(http.StatusOK)
}

func inHelper(w http.ResponseWriter, r *http.Request) {
	write(w, r.URL)
}

func allowed(w http.ResponseWriter, r *http.Request) {
	// handlervet-ignore double-completion -- a demonstration
	w.Write([]byte("hello"))
	w.WriteHeader(http.StatusAccepted)
}
