package goflow

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/handlervet/handlervet/analyzers/contract"
)

// Import paths of what handlers are written against.
const (
	lambdaPath    = "github.com/aws/aws-lambda-go/lambda"
	lambdaURLPath = "github.com/aws/aws-lambda-go/lambdaurl"
	gcfPath       = "github.com/GoogleCloudPlatform/functions-framework-go/functions"
	ginPath       = "github.com/gin-gonic/gin"
	echoPath      = "github.com/labstack/echo"
	fiberPath     = "github.com/gofiber/fiber"
)

// IsNamed tells whether a type is the named type of a package, or a pointer to
// it. Major versions of a module (`/v4`) and vendored copies count as the package.
func IsNamed(t types.Type, path, name string) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == name && n.Obj().Pkg() != nil && samePath(n.Obj().Pkg().Path(), path)
}

func samePath(have, want string) bool {
	if i := strings.LastIndex(have, "/vendor/"); i >= 0 {
		have = have[i+len("/vendor/"):]
	}
	rest, ok := strings.CutPrefix(have, want)
	if !ok || rest == "" {
		return ok
	}
	version, ok := strings.CutPrefix(rest, "/v")
	return ok && version != "" && strings.Trim(version, "0123456789") == ""
}

// isResponse tells whether values of a type are the response that a server handed out: net/http's interface, or one
// that has all of its methods. A concrete type is somebody's recorder or wrapper.
func isResponse(t types.Type) bool {
	if t == nil {
		return false
	}
	face, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	found := 0
	for m := range face.Methods() {
		switch m.Name() {
		case "Header", "Write", "WriteHeader":
			found++
		}
	}
	return found == 3
}

// isResponder tells whether values of a type answer the caller: the response, or a framework's context.
func isResponder(t types.Type) bool { return isResponse(t) || frameworkOf(t) != nil }

// frameworkOf is the contract of handlers that take a framework's context.
func frameworkOf(t types.Type) *contract.Contract {
	switch {
	case t == nil:
		return nil
	case IsNamed(t, ginPath, "Context"):
		return ginHandler
	case IsNamed(t, echoPath, "Context"):
		return echoHandler
	case IsNamed(t, fiberPath, "Ctx"):
		return fiberHandler
	}
	return nil
}

func isError(t types.Type) bool {
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

// IsContext tells whether a type is context.Context.
func IsContext(t types.Type) bool { return t != nil && IsNamed(t, "context", "Context") }

// Callee is the function or method that a call names, nil if it is a value.
func Callee(info *types.Info, call *ast.CallExpr) *types.Func {
	e := ast.Unparen(call.Fun)
	switch x := e.(type) {
	case *ast.IndexExpr:
		e = ast.Unparen(x.X)
	case *ast.IndexListExpr:
		e = ast.Unparen(x.X)
	}
	switch x := e.(type) {
	case *ast.Ident:
		f, _ := info.Uses[x].(*types.Func)
		return f
	case *ast.SelectorExpr:
		f, _ := info.Uses[x.Sel].(*types.Func)
		return f
	}
	return nil
}

// FuncName is `path.Func` or `path.Type.Method`, versions and vendoring left out; "" for nil.
func FuncName(f *types.Func) string {
	if f == nil || f.Pkg() == nil {
		return ""
	}
	path := f.Pkg().Path()
	if i := strings.LastIndex(path, "/vendor/"); i >= 0 {
		path = path[i+len("/vendor/"):]
	}
	if i := strings.LastIndex(path, "/v"); i >= 0 && strings.Trim(path[i+2:], "0123456789") == "" {
		path = path[:i]
	}
	if r := f.Signature().Recv(); r != nil {
		t := r.Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		if n, ok := types.Unalias(t).(*types.Named); ok {
			return path + "." + n.Obj().Name() + "." + f.Name()
		}
	}
	return path + "." + f.Name()
}
