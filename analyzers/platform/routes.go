package platform

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// azureDefaultMethods are those of app.http() without `methods`.
//
// Source: Azure/azure-functions-nodejs-library v4.x, types/http.d.ts.
func azureDefaultMethods() []string { return []string{"GET", "POST"} }

// azureRouting is what a registration lets through.
func azureRouting(s *source, trigger string, options jsparse.Expr) Routing {
	r := Routing{Where: azureV4.Routing.Where}
	if trigger != "http" {
		r.Methods = []string{strings.ToUpper(strings.TrimSuffix(trigger, "Request"))}
		r.Why = "`app." + trigger + "()` registers it for " + r.Methods[0] + " only"
		return r
	}
	props := s.objectOf(options)
	for _, p := range props {
		if p.Spread || p.Key == "" {
			return r
		}
		if p.Key != "methods" {
			continue
		}
		list, ok := p.Value.(*jsparse.Array)
		if !ok {
			return r
		}
		for _, item := range list.Items {
			name := strings.ToUpper(text(item))
			if name == "" {
				return Routing{Where: r.Where}
			}
			r.Methods = append(r.Methods, name)
		}
		r.Why = "`methods` lets only " + strings.Join(r.Methods, ", ") + " through to it"
		return r
	}
	if props != nil {
		r.Methods, r.Why = azureDefaultMethods(), "without `methods`, Azure lets only GET and POST through to it"
	}
	return r
}

// bindingRouting is what the HTTP trigger of a function.json lets through.
func bindingRouting(trigger *conf) Routing {
	r := Routing{Where: azureV3.Routing.Where}
	for _, m := range trigger.get("methods").items() {
		if m.str() == "" {
			return Routing{Where: r.Where}
		}
		r.Methods = append(r.Methods, strings.ToUpper(m.str()))
	}
	if r.Methods != nil {
		r.Why = "`methods` in function.json lets only " + strings.Join(r.Methods, ", ") + " through to it"
	}
	return r
}

// lookInside notes what a handler does with its arguments, if its contract makes a difference of that.
func (f *finder) lookInside(h *Handler) {
	in := f.load(h.File)
	if c := h.Contract; c == nil || h.Unsure || in == nil || h.Entry.Expr == nil && h.Entry.Decl == nil {
		return
	}
	if h.Routing.Where == nil {
		h.Routing = h.Contract.Routing
	}
	asks := len(h.Contract.Routing.Where) > 0 || len(h.Contract.Absent) > 0
	large := h.Contract.ResponseBytes > 0 && buildsLarge([]byte(in.file.Text))
	if !asks && !large {
		return
	}
	sh := f.shapeOf(in, h.Entry)
	if asks {
		h.Reads = readsOf(sh)
	}
	if large {
		h.Answers = answersOf(sh, h.Contract)
	}
}
