package jsflow

import (
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// responderMember is `res.name`: answering methods are completers, the others hand `res` on.
func (s *session) responderMember(r responder, name string) value {
	if slices.Contains(s.contract.ResponderMethods, name) {
		return completer{r.name + "." + name}
	}
	return method{r, name}
}

// chainable are the methods of a responder that answer nothing and give it back
// (Express and Node's ServerResponse, Vercel's and Azure's helpers).
func chainable(name string) bool {
	switch name {
	case "status", "set", "header", "type", "contentType", "setHeader", "removeHeader", "getHeader", "get",
		"cookie", "clearCookie", "append", "vary", "links", "location", "attachment", "format", "write",
		"writeHead", "writeContinue", "flushHeaders", "flush", "on", "once", "setTimeout", "cork", "uncork",
		"setPreviewData", "clearPreviewData", "setDraftMode", "addListener", "removeListener", "off", "emit", "hasHeader",
		"getHeaders", "getHeaderNames", "setHeaders", "appendHeader", "assignSocket", "setContentType":
		return true
	}
	return false
}

// invocationMember is `context.name`.
func (s *session) invocationMember(c invocation, name string) value {
	for _, m := range s.contract.ContextMethods {
		if m[strings.LastIndexByte(m, '.')+1:] == name && strings.Count(m, ".") < 2 {
			return completer{c.name + "." + name}
		}
	}
	switch name {
	case "res":
		if len(s.contract.ResponderMethods) > 0 {
			return responder{c.name + ".res"}
		}
	case "getTwilioClient":
		return global{"Twilio.getClient"}
	}
	return nil
}

// globalNamed is a name that no declaration of the file binds.
func (s *session) globalNamed(name string) value {
	switch name {
	case "undefined":
		return constant{kind: jsparse.Undefined, text: "undefined"}
	case "twilioClient":
		return s.twilioClient("twilioClient")
	}
	return global{name}
}

// twilioClient is Twilio's REST client, however it was come by.
func (s *session) twilioClient(name string) client {
	sdk, _ := s.externalShape(external{pkg: "twilio"})
	return client{name, sdk.Call(promiseindex.TextArgument(), promiseindex.TextArgument()).Value}
}

// isTwilioClient tells whether calling or constructing v makes a Twilio REST client.
func isTwilioClient(v value) bool {
	switch v := v.(type) {
	case external:
		return v.pkg == "twilio" && (v.path == "" || v.path == "Twilio" || v.path == "default")
	case global:
		return v.path == "Twilio.getClient" || v.path == "Runtime.getSync"
	}
	return false
}

// clientPromise tells whether a method of Twilio's REST client asks the API and so returns a promise:
// resources are reached by property and call, and every request is one of these.
func clientPromise(path string) bool {
	switch path[strings.LastIndexByte(path, '.')+1:] {
	case "create", "fetch", "update", "remove", "list", "page", "getPage", "request", "delete":
		return true
	}
	return false
}

// call is what is known of the result of a call.
func (s *session) call(x *jsparse.Call, e *env) value {
	if m, ok := x.Callee.(*jsparse.Member); ok {
		if v, ok := s.arrayMethod(s.eval(m.Object, e), m.Name); ok {
			return v
		}
		if v := s.mapped(x, m, e); v != nil {
			return v
		}
		if v := s.chained(x, m, e); v != nil {
			return v
		}
	}
	callee := s.eval(x.Callee, e)
	switch c := callee.(type) {
	case plain:
		if streams(c) {
			return c // the writer of a stream
		}
	case *closure:
		return s.resultWritten(c, x, e)
	case *bound:
		if inner, ok := c.fn.(*closure); ok {
			return s.resultOf(inner, append(append([]value(nil), c.args...), s.evalArgs(x.Args, e)...))
		}
	case method:
		return s.methodResult(c, x, e)
	case global:
		return s.globalResult(c, x, e)
	case external:
		return s.externalResult(c, x, e)
	case client:
		made := s.called(c, x.Args, false, e)
		if clientPromise(c.path) {
			return made
		}
		if sh, ok := s.shapeOf(made); ok {
			return client{c.path, sh}
		}
		return client{path: c.path}
	case indexed:
		return s.called(c, x.Args, false, e)
	case *union:
		return s.unionResult(c, x, e)
	case typed, methodOf, lookup:
		return s.resultGiven(c, s.evalArgs(x.Args, e), s.explicit(x, e))
	}
	return nil
}

func (s *session) unionResult(u *union, x *jsparse.Call, e *env) value {
	var out value
	for i, f := range u.of {
		c, ok := f.(*closure)
		if !ok {
			return nil
		}
		v := s.resultOf(c, s.evalArgs(x.Args, e))
		if i == 0 {
			out = v
		} else {
			out = s.either(out, v)
		}
	}
	return out
}

func (s *session) methodResult(m method, x *jsparse.Call, e *env) value {
	if w, ok := m.of.(*wrapped); ok {
		return s.wrappedMethod(w, m.name, x, e)
	}
	if r, ok := m.of.(responder); ok {
		if chainable(m.name) {
			return r
		}
		return nil
	}
	switch m.name {
	case "bind":
		args := s.evalArgs(x.Args, e)
		if len(args) > 0 {
			args = args[1:]
		}
		return s.bind(m.of, args, x, e)
	case "call":
		if c, ok := m.of.(*closure); ok && len(x.Args) > 0 {
			return s.resultOf(c, s.evalArgs(x.Args[1:], e))
		}
	}
	return nil
}

func (s *session) bind(of value, args []value, x jsparse.Node, e *env) value {
	if len(args) == 0 {
		return of
	}
	key := objectKey{x, e}
	if v, ok := s.objects[key]; ok {
		return v
	}
	b := &bound{of, args}
	s.objects[key] = b
	return b
}

func (s *session) globalResult(g global, x *jsparse.Call, e *env) value {
	switch g.path {
	case "fetch":
		sh, _ := s.l.index.Global("fetch")
		return describe(sh.Call(promiseindex.AnyArgument()).Value)
	case "Runtime.getFunctions":
		return runtimeFiles{}
	case "Runtime.getAssets":
		return runtimeFiles{assets: true}
	case "require": // a path that is known at run time only
		if len(x.Args) == 1 {
			if f, ok := s.eval(x.Args[0], e).(fileOf); ok {
				return s.moduleValue(f.path)
			}
		}
	case "Object.freeze", "Object.assign", "Object.seal", "structuredClone":
		if len(x.Args) > 0 {
			return s.eval(x.Args[0], e)
		}
	case "Promise.all", "Promise.allSettled", "Promise.race", "Promise.any":
		return s.combined(g.path, x, e)
	case "Promise.resolve":
		if len(x.Args) > 0 {
			return s.promise(awaited(s.eval(x.Args[0], e)))
		}
		return s.promise(nil)
	case "Twilio":
		return s.twilioClient("twilio")
	}
	if isTwilioClient(g) {
		return s.twilioClient("client")
	}
	return s.called(g, x.Args, false, e)
}

func (s *session) moduleValue(file string) value {
	in := s.module(file)
	if in == nil {
		return nil
	}
	if in.mod.commonExports != nil {
		return s.commonModule(in)
	}
	return s.namespaceOf(in)
}

func (s *session) externalResult(c external, x *jsparse.Call, e *env) value {
	switch {
	case isTwilioClient(c):
		return s.twilioClient("twilio")
	case c.pkg == "util" && c.path == "promisify" && len(x.Args) > 0:
		key := objectKey{x, e}
		if v, ok := s.objects[key]; ok {
			return v
		}
		v := &promisified{s.eval(x.Args[0], e)}
		s.objects[key] = v
		return v
	}
	if w, ok := wrapperOf(c); ok {
		return s.unwrap(w, x, e)
	}
	if v := s.called(c, x.Args, false, e); v != nil {
		return v
	}
	return external{c.pkg, c.path + "()", c.version}
}

// resultOf is what a function of the project returns, if all its returns agree.
func (s *session) resultOf(c *closure, args []value) value {
	if c.fn.Generator {
		return nil
	}
	in := s.enter(c, args)
	if in.resultDone {
		return in.result
	}
	if in.active[c.fn.Body] {
		return nil
	}
	in.active[c.fn.Body] = true
	var out value
	first := true
	for _, x := range returnsOf(c.fn) {
		v := s.eval(x, in)
		if first {
			out, first = v, false
		} else {
			out = s.either(out, v)
		}
		if out == nil {
			break
		}
	}
	delete(in.active, c.fn.Body)
	in.resultDone, in.result = true, out
	if s.opaque(out) {
		in.result = s.or(out, func() value { return s.resultType(c.fn, in.mod, in) })
		return in.result
	}
	if c.fn.Async {
		if _, is := out.(*promiseOf); !is {
			in.result = s.promise(awaited(out))
		}
	}
	return in.result
}

// returnsOf lists the operands of a function's return statements; a bare return counts for nothing.
func returnsOf(fn *jsparse.Func) []jsparse.Expr {
	var out []jsparse.Expr
	jsparse.Walk(fn.Body, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Func, *jsparse.ClassExpr:
			return false
		case *jsparse.Return:
			if n.X != nil {
				out = append(out, n.X)
			}
		}
		return true
	})
	return out
}
