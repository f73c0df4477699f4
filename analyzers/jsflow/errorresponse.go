package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// responseProperty is the property that the errors of HTTP clients have only if an answer came.
const responseProperty = "response"

// errorsLack tells whether the errors of a package's requests have no `response` if no answer came. For most of them the type
// declarations say so: AxiosError, GaxiosError, got's RequestError, superagent's ResponseError, Octokit's RequestError and
// FetchError have an optional `response`. request-promise leaves it out of its RequestError, and Sendgrid's client hands on the
// error of axios.
func errorsLack(pkg string) bool {
	switch pkg {
	case "axios", "gaxios", "googleapis", "google-auth-library", "got", "superagent", "ofetch",
		"request-promise", "request-promise-native", "@sendgrid/mail", "@sendgrid/client":
		return true
	}
	return strings.HasPrefix(pkg, "@googleapis/") || strings.HasPrefix(pkg, "@octokit/") || pkg == "octokit"
}

// originOf is the package that a value comes from, "" if it is of none.
func originOf(v value) string {
	switch v := v.(type) {
	case external:
		return v.pkg
	case indexed:
		return v.shape.Package()
	case method:
		return originOf(v.of)
	}
	return ""
}

// errorLacks is what the error of a call of v may lack.
func errorLacks(v value) string {
	if errorsLack(originOf(v)) {
		return responseProperty
	}
	return ""
}

// mayLackResponse tells whether an expression is a property that an error may lack: `err.response`.
func (b *builder) mayLackResponse(x jsparse.Expr) bool {
	m, ok := x.(*jsparse.Member)
	if !ok || m.Name != responseProperty || m.Optional && !isCaught(m.Object) {
		return false
	}
	_, ok = m.Object.(*jsparse.Ident)
	return ok
}

// takesResponse tells whether a name is given what an error may lack: `const { response } = err`.
func takesResponse(w write) bool {
	_, ok := w.from.(*jsparse.Ident)
	return ok && len(w.path) == 1 && w.path[0].name == responseProperty && w.def == nil
}

// bindResponse lets a name stand for what is taken out of an error that may lack it.
func (b *builder) bindResponse(target jsparse.Node, of jsparse.Expr) {
	pattern, ok := target.(*jsparse.ObjectPattern)
	id, named := of.(*jsparse.Ident)
	if !ok || !named || b.cur == nil {
		return
	}
	for _, it := range pattern.Items {
		name, ok := it.Target.(*jsparse.Name)
		if !ok || it.Key != responseProperty || it.Default != nil {
			continue
		}
		if at, key := b.root(id); at != nil {
			b.set(name.Symbol, flow.Operand{Var: at.path(key+"."+responseProperty, id.Symbol.Name+"."+responseProperty)})
		}
	}
}

// withReads notes which properties of the caught error sym are read that it may lack.
func (e *env) withReads(op flow.Caught, sym *jsparse.Symbol) flow.Caught {
	if sym == nil {
		return op
	}
	if at := e.scopeOf(sym); at != nil {
		if v := at.paths[at.symbolKey(sym)+"."+responseProperty]; v != nil {
			op.Reads = []flow.Property{{Name: responseProperty, Var: v}}
		}
	}
	return op
}
