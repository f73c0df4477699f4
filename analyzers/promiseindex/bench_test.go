package promiseindex_test

import (
	"testing"

	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// BenchmarkUnused is what a run pays that never asks.
func BenchmarkUnused(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		promiseindex.Embedded()
	}
}

// BenchmarkOpen is the first question about a package of each size.
func BenchmarkOpen(b *testing.B) {
	for _, pkg := range []string{"pg", "twilio", "aws-sdk", "node:fs"} {
		b.Run(pkg, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := promiseindex.Embedded().Open(pkg, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkQuestion is any further question.
func BenchmarkQuestion(b *testing.B) {
	m, err := promiseindex.Embedded().Open("twilio", "")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		messages, _ := m.Require().Call().Value.Member("messages")
		create, _ := messages.Member("create")
		if !create.Call(promiseindex.ValueArgument()).Promise {
			b.Fatal("no promise")
		}
	}
}
