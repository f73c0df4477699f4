// Package respond is a project's own helpers.
package respond

import (
	"encoding/json"
	"fmt"
	"net/http"
)

func Fail(w http.ResponseWriter, status int, err error) {
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]string{"error": err.Error()})
}

func JSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(v)
}

func Line(w http.ResponseWriter, text string) {
	fmt.Fprintln(w, text)
}

// IfMissing answers only sometimes.
func IfMissing(w http.ResponseWriter, v any) {
	if v == nil {
		http.Error(w, "missing", http.StatusNotFound)
	}
}
