package goflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// How far the response is, in the variable `answered`: "nothing", "header" (a status was written, the body belongs to
// it), "body" (more may be written) or "whole" (what comes now belongs to nothing).
type part uint8

const (
	headerPart part = iota
	bodyPart
	wholePart
)

// writers are functions that write to the response that they are given: the parameter and what they write.
var writers = map[string]struct {
	arg int
	part
}{
	"net/http.Error": {0, wholePart}, "net/http.NotFound": {0, wholePart}, "net/http.Redirect": {0, wholePart},
	"net/http.ServeFile": {0, wholePart}, "net/http.ServeFileFS": {0, wholePart}, "net/http.ServeContent": {0, wholePart},
	"fmt.Fprint": {0, bodyPart}, "fmt.Fprintf": {0, bodyPart}, "fmt.Fprintln": {0, bodyPart},
	"io.WriteString": {0, bodyPart}, "io.Copy": {0, bodyPart}, "io.CopyN": {0, bodyPart}, "io.CopyBuffer": {0, bodyPart},
	"html/template.Template.Execute": {0, bodyPart}, "html/template.Template.ExecuteTemplate": {0, bodyPart},
	"text/template.Template.Execute": {0, bodyPart}, "text/template.Template.ExecuteTemplate": {0, bodyPart},
	"encoding/pem.Encode": {0, bodyPart}, "image/png.Encode": {0, bodyPart}, "image/jpeg.Encode": {0, bodyPart},
}

// encoders make something that writes to the response: its methods write the body.
var encoders = map[string]bool{
	"encoding/json.NewEncoder": true, "encoding/xml.NewEncoder": true, "encoding/gob.NewEncoder": true,
	"encoding/csv.NewWriter": true, "bufio.NewWriter": true, "text/tabwriter.NewWriter": true,
}

// harmless take the response and write nothing.
var harmless = map[string]bool{
	"net/http.SetCookie": true, "net/http.MaxBytesReader": true, "net/http.NewResponseController": true,
}

// methods of the response and of frameworks' contexts that write, by the name of the type. What is not listed
// here, nor among the silent ones, is unknown.
var methods = map[string]map[string]part{
	"http": {"Write": bodyPart, "WriteHeader": headerPart, "WriteString": bodyPart},
	"gin": {
		"JSON": wholePart, "IndentedJSON": wholePart, "SecureJSON": wholePart, "JSONP": wholePart, "AsciiJSON": wholePart,
		"PureJSON": wholePart, "XML": wholePart, "YAML": wholePart, "ProtoBuf": wholePart, "String": wholePart,
		"HTML": wholePart, "Redirect": wholePart, "Data": wholePart, "DataFromReader": wholePart, "File": wholePart,
		"FileAttachment": wholePart, "AbortWithStatusJSON": wholePart,
	},
	"echo": {
		"JSON": wholePart, "JSONPretty": wholePart, "JSONBlob": wholePart, "XML": wholePart, "String": wholePart, "HTML": wholePart,
		"Blob": wholePart, "File": wholePart, "Attachment": wholePart, "Inline": wholePart, "NoContent": wholePart,
		"Redirect": wholePart, "Render": wholePart,
	},
	"fiber": {},
}

// silent are methods of gin's and echo's contexts that let go of the response or end it in ways that are not followed.
var loud = map[string]bool{
	"Next": true, "Writer": true, "Response": true, "Stream": true, "SSEvent": true, "Render": true, "Error": true,
	"Negotiate": true, "AbortWithStatus": true, "AbortWithError": true, "Status": true, "Handler": true, "Flush": true,
	"SetResponse": true, "Send": true, "SendString": true, "SendStatus": true, "SendFile": true, "Redirect": true, "JSON": true,
	"AbortWithStatusPureJSON": true, "SendStream": true, "Format": true, "Download": true, "XML": true,
}

// respond lowers a call that writes to the response, or that certainly does not.
func (b *builder) respond(x *ast.CallExpr, used bool) (flow.Operand, bool) {
	name := FuncName(Callee(b.info, x))
	if w, ok := writers[name]; ok && w.arg < len(x.Args) && b.writesTo(x.Args[w.arg]) {
		for i, a := range x.Args {
			if i != w.arg {
				b.value(a)
			}
		}
		return b.write(x, w.part, used), true
	}
	if harmless[name] || encoders[name] {
		for _, a := range x.Args {
			if !isResponder(b.info.TypeOf(a)) {
				b.value(a)
			}
		}
		return kindOf(flow.Object), true
	}
	if p, ok := b.writesElsewhere(x); ok {
		return b.write(x, p, used), true
	}
	sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
	if !ok {
		return flow.Operand{}, false
	}
	return b.method(x, sel, used)
}

// writesElsewhere tells what a function of another package writes to the response that it is given.
func (b *builder) writesElsewhere(x *ast.CallExpr) (part, bool) {
	callee := Callee(b.info, x)
	if callee == nil || callee.Pkg() == b.pkg || !takesResponder(callee) {
		return 0, false
	}
	w := b.elsewhere(callee)
	if w == nil {
		return 0, false
	}
	b.receiver(x)
	for _, a := range x.Args {
		if !isResponder(b.info.TypeOf(a)) {
			b.value(a)
		}
	}
	if w.Body {
		return bodyPart, true
	}
	return wholePart, true
}

// writesTo tells whether writing to an expression writes to the response.
func (b *builder) writesTo(e ast.Expr) bool {
	e = ast.Unparen(e)
	if isResponse(b.info.TypeOf(e)) {
		return true
	}
	if call, ok := e.(*ast.CallExpr); ok && encoders[FuncName(Callee(b.info, call))] && len(call.Args) > 0 {
		return b.writesTo(call.Args[0])
	}
	obj := b.object(e)
	return obj != nil && b.derived[obj]
}

// derives remembers `enc := json.NewEncoder(w)`.
func (b *builder) derives(x *ast.CallExpr, to ast.Expr) bool {
	if !encoders[FuncName(Callee(b.info, x))] || !b.writesTo(x) {
		return false
	}
	obj := b.object(to)
	if obj == nil {
		return false
	}
	b.derived[obj] = true
	return true
}

func (b *builder) method(x *ast.CallExpr, sel *ast.SelectorExpr, used bool) (flow.Operand, bool) {
	t := b.info.TypeOf(sel.X)
	family := "http"
	if c := frameworkOf(t); c != nil {
		family = c.ID
	} else if !isResponse(t) {
		if !b.writesTo(sel.X) {
			return flow.Operand{}, false
		}
		b.arguments(x)
		if strings.HasPrefix(sel.Sel.Name, "Set") {
			return flow.Operand{}, true
		}
		return b.write(x, bodyPart, used), true
	}
	p, known := methods[family][sel.Sel.Name]
	switch {
	case known:
		b.arguments(x)
		if p == headerPart && b.informational(x) {
			return flow.Operand{}, true
		}
		return b.write(x, p, used), true
	case family == "http" && sel.Sel.Name == "Header", family != "http" && !loud[sel.Sel.Name]:
		b.arguments(x)
		return flow.Operand{}, true
	}
	return flow.Operand{}, false
}

// informational: a status below 200 does not begin the answer.
func (b *builder) informational(x *ast.CallExpr) bool {
	if len(x.Args) == 0 {
		return false
	}
	v := b.info.Types[x.Args[0]].Value
	if v == nil {
		return false
	}
	n, ok := constant.Int64Val(v)
	return ok && n >= 100 && n < 200
}

// write lowers a write. If the program asks whether it failed, the other path wrote nothing that counts.
func (b *builder) write(x *ast.CallExpr, p part, used bool) flow.Operand {
	if b.cur == nil {
		return flow.Operand{}
	}
	t := b.info.TypeOf(x)
	if tuple, ok := t.(*types.Tuple); ok && tuple.Len() > 0 {
		t = tuple.At(tuple.Len() - 1).Type()
	}
	if !used || !isError(t) {
		b.answer(x, p)
		return flow.Operand{}
	}
	result := b.temporary()
	wrote, failed, after := &flow.Block{}, &flow.Block{}, &flow.Block{}
	b.choose(b.rangeOf(x), wrote, failed)
	b.cur = failed
	if b.session.helper {
		b.end(flow.Stop{Range: b.rangeOf(x)})
	}
	b.escape(x)
	b.set(result, kindOf(flow.Truthy))
	b.jump(after)
	b.cur = wrote
	b.answer(x, p)
	b.set(result, kindOf(flow.Null))
	b.flowInto(after)
	return flow.Operand{Var: result}
}

// answer records what was written.
func (b *builder) answer(x *ast.CallExpr, p part) {
	b.parts[b.rangeOf(x)] = p
	done := flow.Complete{Site: b.site(x), How: show(x.Fun), Error: b.isFailure(x), Returned: b.statement == nil}
	switch p {
	case wholePart:
		b.add(done)
		b.set(b.answered, literal(`"whole"`))
		b.wholeIn = b.cur
	case headerPart:
		b.add(done)
		b.set(b.answered, literal(`"header"`))
	case bodyPart:
		if b.wholeIn != nil && b.wholeIn == b.cur {
			return // right behind an error answer, on every path: it adds to its text
		}
		b.body(x, done)
	}
}

// body is an answer unless it belongs to a status or to a body that has begun.
func (b *builder) body(x *ast.CallExpr, done flow.Complete) {
	fresh, after := &flow.Block{}, &flow.Block{}
	for _, state := range []string{`"header"`, `"body"`} {
		next := &flow.Block{}
		if state == `"body"` {
			next = fresh
		}
		begun := flow.Cond{Test: flow.IsEqual, Of: flow.Operand{Var: b.answered}, Value: literal(state).Value}
		b.end(flow.Branch{Range: b.rangeOf(x), Cond: begun, Then: after, Else: next})
		b.cur = next
	}
	b.add(done)
	b.flowInto(after)
	b.set(b.answered, literal(`"body"`))
}

// isFailure tells whether an answer says that something went wrong, as far as its status is a constant.
func (b *builder) isFailure(x *ast.CallExpr) bool {
	if FuncName(Callee(b.info, x)) == "net/http.Error" || FuncName(Callee(b.info, x)) == "net/http.NotFound" {
		return true
	}
	for _, a := range x.Args {
		if v := b.info.Types[a].Value; v != nil && v.Kind() == constant.Int {
			return constant.Compare(v, token.GEQ, constant.MakeInt64(400))
		}
	}
	return false
}
