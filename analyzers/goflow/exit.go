package goflow

import (
	"go/ast"
	"go/types"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// exits end the process.
var exits = map[string]bool{
	"os.Exit": true, "syscall.Exit": true,
	"log.Fatal": true, "log.Fatalf": true, "log.Fatalln": true,
	"log.Logger.Fatal": true, "log.Logger.Fatalf": true, "log.Logger.Fatalln": true,
	"github.com/sirupsen/logrus.Fatal": true, "github.com/sirupsen/logrus.Fatalf": true, "github.com/sirupsen/logrus.Fatalln": true,
	"github.com/sirupsen/logrus.Logger.Fatal": true, "github.com/sirupsen/logrus.Logger.Fatalf": true,
	"github.com/sirupsen/logrus.Entry.Fatal": true, "github.com/sirupsen/logrus.Entry.Fatalf": true,
	"go.uber.org/zap.Logger.Fatal": true, "go.uber.org/zap.SugaredLogger.Fatal": true,
	"go.uber.org/zap.SugaredLogger.Fatalf": true, "go.uber.org/zap.SugaredLogger.Fatalw": true,
	"k8s.io/klog.Fatal": true, "k8s.io/klog.Fatalf": true,
}

// ending is the end of a path at a call that never returns.
func (b *builder) ending(x *ast.CallExpr) flow.Stop {
	end := flow.Stop{Range: b.rangeOf(x)}
	if b.exits(x) {
		end.Exits = show(x.Fun)
	}
	return end
}

func (s *source) exits(x *ast.CallExpr) bool { return exits[FuncName(Callee(s.info, x))] }

// panics is the end of a path at a panic. One with an error is what somebody does about something that may well happen.
func (b *builder) panics(x *ast.CallExpr) flow.Stop {
	end := flow.Stop{Range: b.rangeOf(x)}
	if b.panicking && len(x.Args) == 1 && isError(b.info.TypeOf(x.Args[0])) {
		end.Exits = "panic"
	}
	return end
}

// recovers tells whether a function catches panics.
func (s *source) recovers(n ast.Node) bool {
	return contains(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		_, builtin := s.info.Uses[id].(*types.Builtin)
		return ok && builtin && id.Name == "recover"
	})
}

// neverReturns tells whether no path goes on after a call.
func (s *source) neverReturns(x *ast.CallExpr) bool {
	name := FuncName(Callee(s.info, x))
	if exits[name] || name == "runtime.Goexit" {
		return true
	}
	if id, ok := ast.Unparen(x.Fun).(*ast.Ident); ok && id.Name == "panic" {
		return s.info.Uses[id] == nil || s.info.Uses[id].Pkg() == nil
	}
	at, ok := starts[name]
	return ok && at.arg < len(x.Args)
}
