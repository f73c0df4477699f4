package doublecompletion

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
)

type user struct{ Name string }

func find(r *http.Request) (*user, error) { return nil, errors.New("no") }

func missingReturn(w http.ResponseWriter, r *http.Request) {
	u, err := find(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError) // want "`http.Error` answers here, and `json.NewEncoder\\(w\\).Encode` is called on the same path"
	}
	json.NewEncoder(w).Encode(u)
}

func right(w http.ResponseWriter, r *http.Request) {
	u, err := find(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(u)
}

func twoStatuses(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed) // want "`w.WriteHeader` answers here, and is called again"
	}
	w.WriteHeader(http.StatusOK)
	w.Write([]byte("ok"))
}

func statusAndBody(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	w.WriteHeader(http.StatusCreated)
	fmt.Fprint(w, "one")
	fmt.Fprint(w, "two")
}

func tooLate(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte("hello")) // want "`w.Write` answers here, and `w.WriteHeader` is called"
	w.WriteHeader(http.StatusAccepted)
}

func fail(w http.ResponseWriter, err error) {
	w.WriteHeader(http.StatusBadRequest)
	json.NewEncoder(w).Encode(err.Error())
}

func throughHelper(w http.ResponseWriter, r *http.Request) {
	u, err := find(r)
	if err != nil {
		fail(w, err) // want "`w.WriteHeader` answers here, and is called again"
	}
	w.WriteHeader(http.StatusOK)
	json.NewEncoder(w).Encode(u)
}

// decode answers by itself and says so.
func decode(w http.ResponseWriter, r *http.Request, to any) bool {
	if err := json.NewDecoder(r.Body).Decode(to); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return false
	}
	return true
}

func helperSays(w http.ResponseWriter, r *http.Request) {
	var u user
	if !decode(w, r, &u) {
		return
	}
	json.NewEncoder(w).Encode(u)
}

func helperReturnsErr(w http.ResponseWriter, r *http.Request) error {
	if r.ContentLength == 0 {
		http.Error(w, "empty", http.StatusBadRequest)
		return errors.New("empty")
	}
	return nil
}

func helperErr(w http.ResponseWriter, r *http.Request) {
	if err := helperReturnsErr(w, r); err != nil {
		return
	}
	fmt.Fprint(w, "fine")
}

func writeFails(w http.ResponseWriter, r *http.Request) {
	if err := json.NewEncoder(w).Encode(user{}); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func correlated(w http.ResponseWriter, r *http.Request) {
	u, err := find(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
	if err == nil {
		json.NewEncoder(w).Encode(u)
	}
}

func bySwitch(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		fmt.Fprint(w, "got")
	case http.MethodPost:
		w.WriteHeader(http.StatusCreated)
	default:
		http.Error(w, "no", http.StatusMethodNotAllowed)
	}
}

func middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			http.Error(w, "who are you", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func recovers(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if e := recover(); e != nil {
			http.Error(w, "panic", http.StatusInternalServerError)
		}
	}()
	fmt.Fprint(w, "fine")
}

func withGin(c *gin.Context) {
	var u user
	if err := c.ShouldBindJSON(&u); err != nil {
		c.JSON(http.StatusBadRequest, gin.H{"error": err.Error()}) // want "`c.JSON` answers here, and is called again"
	}
	c.JSON(http.StatusOK, u)
}

func ginRight(c *gin.Context) {
	if c.Param("id") == "" {
		c.AbortWithStatusJSON(http.StatusBadRequest, gin.H{})
		return
	}
	c.String(http.StatusOK, "fine")
}

var errGone = errors.New("gone")

func sameQuestion(w http.ResponseWriter, r *http.Request) {
	_, err := find(r)
	if errors.Is(err, errGone) {
		http.Error(w, "gone", http.StatusGone)
	}
	names := r.URL.Query()["name"]
	if len(names) == 0 && !errors.Is(err, errGone) {
		http.Error(w, "no name", http.StatusBadRequest)
	}
	if len(names) > 0 && !errors.Is(err, errGone) {
		fmt.Fprint(w, names[0])
	}
}

func addsToError(w http.ResponseWriter, r *http.Request) {
	http.Error(w, "usage:", http.StatusBadRequest)
	fmt.Fprintln(w, "GET /users?name=…")
}

// load answers by itself if there is nothing, and says so with its first result.
func load(w http.ResponseWriter, r *http.Request) (*user, []string) {
	u, err := find(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return nil, nil
	}
	return u, []string{"fine"}
}

func named(w http.ResponseWriter, r *http.Request) (u *user, notes []string) {
	if r.Method != http.MethodGet {
		http.Error(w, "no", http.StatusMethodNotAllowed)
		return
	}
	u = &user{}
	return u, nil
}

func firstSays(w http.ResponseWriter, r *http.Request) {
	u, notes := load(w, r)
	if u == nil {
		return
	}
	fmt.Fprint(w, u, notes)
}

func namedSays(w http.ResponseWriter, r *http.Request) {
	u, notes := named(w, r)
	if u == nil {
		return
	}
	fmt.Fprint(w, u, notes)
}
