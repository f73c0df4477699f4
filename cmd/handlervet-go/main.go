// Command handlervet-go runs handlervet's Go rules inside of other tools:
//
//	go vet -vettool=$(which handlervet-go) ./...
//	go fix -fixtool=$(which handlervet-go) ./...
package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/handlervet/handlervet/rules/allgo"
)

func main() { unitchecker.Main(allgo.Analyzers()...) }
