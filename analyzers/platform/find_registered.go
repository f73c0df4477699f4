package platform

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// registeredIn finds the handlers that a file hands to a framework.
func (f *finder) registeredIn(s *source) []*Handler {
	if !registers([]byte(s.file.Text)) {
		return nil
	}
	var out []*Handler
	for _, stmt := range s.file.Body {
		jsparse.Walk(stmt, func(n jsparse.Node) bool {
			if call, ok := n.(*jsparse.Call); ok {
				out = append(out, f.registration(s, call)...)
			}
			return true
		})
	}
	return out
}

// Registers tells whether a value that is called, written as the package and the members on the way, hands functions to the platform:
// what it is handed is the handler as it stands.
func Registers(called string) bool {
	for _, pkg := range []string{"@azure/functions", "@google-cloud/functions-framework", "firebase-functions"} {
		if rest, ok := strings.CutPrefix(called, pkg); ok && (rest == "" || rest[0] == '.' || rest[0] == '/') {
			return true
		}
	}
	return false
}

func (f *finder) registration(s *source, call *jsparse.Call) []*Handler {
	c := s.callee(call.Callee)
	if !c.known {
		return nil
	}
	switch {
	case c.pkg == "@azure/functions":
		return f.azureRegistration(s, c.name, call)
	case c.pkg == "@google-cloud/functions-framework":
		return f.googleRegistration(s, c.name, call)
	case strings.HasPrefix(c.pkg, "firebase-functions") && (c.name == "onRequest" || strings.HasSuffix(c.name, "https.onRequest")):
		return f.firebaseRegistration(s, call)
	case strings.HasPrefix(c.pkg, "firebase-functions"):
		return f.firebaseTrigger(s, c.name, call)
	case c.pkg == "" && (c.name == "addEventListener" || c.name == "self.addEventListener"):
		return f.workerListener(s, call)
	}
	return nil
}

// azureRegistration knows `app.http(name, { handler })`, `app.get(name, handler)` and the other triggers.
//
// Source: Azure/azure-functions-nodejs-library v4.x, src/app.ts.
func (f *finder) azureRegistration(s *source, name string, call *jsparse.Call) []*Handler {
	trigger, ok := strings.CutPrefix(name, "app.")
	if !ok || len(call.Args) < 2 {
		return nil
	}
	contract := azureV4Event
	switch trigger {
	case "http", "get", "post", "put", "patch", "deleteRequest":
		contract = azureV4
	case "timer", "storageQueue", "storageBlob", "serviceBusQueue", "serviceBusTopic", "eventHub", "eventGrid", "cosmosDB", "sql",
		"mySql", "warmup", "generic", "mcpTool":
	default:
		return nil
	}
	entry := entryOf(call.Args[1])
	if props := s.objectOf(call.Args[1]); props != nil {
		x := propertyValue(props, "handler")
		if x == nil {
			return nil
		}
		entry = entryOf(x)
	}
	h := s.found("app."+trigger+"("+quoted(call.Args[0])+")", entry, contract, "registered with @azure/functions")
	h.HTTP, h.Budget, h.Runtime = contract == azureV4, f.azureBudget(s.path), f.nodeOf(s.path)
	if h.HTTP {
		h.Routing = azureRouting(s, trigger, call.Args[1])
	}
	return []*Handler{h.withDefaults()}
}

func propertyValue(props []*jsparse.Property, key string) jsparse.Expr {
	for _, p := range props {
		if p.Key == key {
			return p.Value
		}
	}
	return nil
}

// quoted shows a constant name, or … for anything else.
func quoted(x jsparse.Expr) string {
	if t := text(x); t != "" {
		return `"` + t + `"`
	}
	return "…"
}

// googleRegistration knows functions.http(name, fn) and functions.cloudEvent(name, fn).
//
// Source: GoogleCloudPlatform/functions-framework-nodejs, src/function_registry.ts.
func (f *finder) googleRegistration(s *source, name string, call *jsparse.Call) []*Handler {
	if len(call.Args) < 2 || name != "http" && name != "cloudEvent" {
		return nil
	}
	entry := entryOf(call.Args[1])
	sh := f.shapeOf(s, entry)
	contract := gcfHTTP
	if name == "cloudEvent" {
		contract = cloudEventContract(sh)
	}
	h := s.found("functions."+name+"("+quoted(call.Args[0])+")", entry, contract, "registered with the Functions Framework")
	h.HTTP, h.Runtime = name == "http", f.nodeOf(s.path)
	h.withDefaults()
	return append([]*Handler{h}, f.inside(s, sh, h)...)
}

// cloudEventContract is by the number of parameters, which selects the callback.
func cloudEventContract(sh shape) *Contract {
	if sh.fn != nil && !sh.opaque && length(sh.fn) > 1 {
		return gcfCloudEventCallback
	}
	return gcfCloudEvent
}

// firebaseRegistration knows onRequest(fn), onRequest(options, fn) and the older functions.https.onRequest(fn).
//
// Source: firebase.google.com, docs/functions/http-events.
func (f *finder) firebaseRegistration(s *source, call *jsparse.Call) []*Handler {
	if len(call.Args) == 0 {
		return nil
	}
	entry := entryOf(call.Args[len(call.Args)-1])
	sh := f.shapeOf(s, entry)
	h := f.firebaseHandler(s, call, entry, gcfHTTP, "onRequest")
	return append([]*Handler{h}, f.inside(s, sh, h)...)
}

// timeoutSeconds is the option of onRequest, or of runWith before it.
func timeoutSeconds(s *source, call *jsparse.Call) jsparse.Expr {
	for {
		for _, a := range call.Args {
			if x := propertyValue(s.objectOf(a), "timeoutSeconds"); x != nil {
				return x
			}
		}
		x := call.Callee
		for {
			m, ok := x.(*jsparse.Member)
			if !ok {
				break
			}
			x = m.Object
		}
		next, ok := x.(*jsparse.Call)
		if !ok {
			return nil
		}
		call = next
	}
}
