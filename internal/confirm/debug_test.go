package confirm

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/handlervet/handlervet/internal/confirm/instrument"
	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

func TestDebug(t *testing.T) {
	raw, err := os.ReadFile("/tmp/task.json")
	if err != nil {
		t.Skip()
	}
	var task Task
	_ = json.Unmarshal(raw, &task)
	script, contract, err := prepare(&task)
	if err != nil {
		t.Fatal(err)
	}
	job := &sandbox.Job{Script: script, Contract: contract, Export: task.Export, File: task.File, Line: task.Line, Method: task.Method}
	if os.Getenv("LINE") != "" {
		n := 0
		fmt.Sscan(os.Getenv("LINE"), &n)
		job.Suspect = script.SiteAt(instrument.Place{File: os.Getenv("FILE"), Line: n, Column: 20})
	}
	s := &search{job: job, limit: 150, near: func(instrument.Place) bool { return false }}
	s.explore(func(plan []int, r *sandbox.Run) bool {
		fmt.Println("--", plan, r.End, r.Reason, "answers", len(r.Answers), "doubts", r.Doubts, "reached", r.Reached, "at", r.At)
		for _, e := range r.Events {
			fmt.Printf("     %v %s:%d %s\n", e.At, e.Place.File, e.Place.Line, e.Text)
		}
		return false
	})
	fmt.Println(s.runs, s.exhausted)
}
