package confirm

import (
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/handlervet/handlervet/internal/confirm/sandbox"
)

// BenchmarkRun is one run of a handler, a fresh runtime included.
func BenchmarkRun(b *testing.B) {
	job := benchmarkJob(b)
	b.ReportAllocs()
	for b.Loop() {
		if run := sandbox.Execute(job, nil, false); len(run.Answers) == 0 {
			b.Fatal("nothing answered")
		}
	}
}

// BenchmarkPrepare is bundling and instrumenting.
func BenchmarkPrepare(b *testing.B) {
	task := benchmarkTask(b)
	for b.Loop() {
		if t := newTrial(task, nil); t.err != nil {
			b.Fatal(t.err)
		}
	}
}

func benchmarkTask(b *testing.B) *Task {
	b.Helper()
	archive, err := txtar.ParseFile("testdata/twilio.txtar")
	if err != nil {
		b.Fatal(err)
	}
	return taskOf(b, archive)
}

func benchmarkJob(b *testing.B) *sandbox.Job {
	b.Helper()
	task := benchmarkTask(b)
	t := newTrial(task, nil)
	if t.err != nil {
		b.Fatal(t.err)
	}
	return &sandbox.Job{Script: t.script, Contract: t.contract, Packages: t.packages, Export: task.Export, File: task.File, Line: task.Line, Suspect: -1}
}
