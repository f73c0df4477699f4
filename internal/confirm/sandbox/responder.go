package sandbox

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"

	"github.com/handlervet/handlervet/internal/confirm/instrument"
)

// headersSent is what Node throws when an answered response is answered again with a body.
const headersSent = "ERR_HTTP_HEADERS_SENT"

// setters are methods of responses that return the response.
var setters = strings.Fields(`status set header setHeader type contentType cookie clearCookie append vary links location attachment
	removeHeader writeHead flushHeaders write writeContinue setTimeout cork uncork on once off emit removeListener addListener
	addTrailers appendHeader setContentType setPreviewData clearPreviewData revalidate pipe format`)

// responder is a response: the contract's methods answer, others only prepare the answer.
func (m *machine) responder(name string) *goja.Object {
	o := m.rt.NewObject()
	m.answers[o] = true
	same := m.rt.ToValue(func(goja.FunctionCall) goja.Value { return o })
	for _, method := range setters {
		m.set(o, method, same)
	}
	m.set(o, "statusCode", 200)
	m.set(o, "locals", m.rt.NewObject())
	for _, getter := range []string{"get", "getHeader", "hasHeader"} {
		m.set(o, getter, func(c goja.FunctionCall) goja.Value {
			return m.unknownOf(data, name+"."+getter+"("+literal(c.Argument(0))+")").proxy
		})
	}
	m.set(o, "getHeaders", func(goja.FunctionCall) goja.Value { return m.rt.NewObject() })
	for _, state := range []string{"headersSent", "finished", "writableEnded"} {
		get := m.rt.ToValue(func(goja.FunctionCall) goja.Value { return m.rt.ToValue(m.answered(name)) })
		_ = o.DefineAccessorProperty(state, get, nil, goja.FLAG_TRUE, goja.FLAG_TRUE) // a new property of a new object
	}
	for _, method := range m.job.Contract.ResponderMethods {
		m.set(o, method, m.responding(o, name, method))
	}
	return o
}

func (m *machine) responding(o *goja.Object, name, method string) goja.Value {
	again := strings.Contains(m.job.Contract.SecondCompletion, headersSent) && !slices.Contains([]string{"end", "destroy"}, method)
	request := m.requests
	fn := m.rt.ToValue(func(c goja.FunctionCall) goja.Value {
		if request != m.requests {
			return o // the request before is done
		}
		before := m.answered(name)
		if before && method == "end" && len(c.Arguments) == 0 {
			return o // Node ignores an end() that brings nothing
		}
		m.answer(Answer{How: name + "." + method})
		if before && again {
			panic(m.nodeError(headersSent, "Cannot set headers after they are sent to the client"))
		}
		return o
	}).(*goja.Object)
	m.answers[fn] = true
	return fn
}

// answered tells whether a response was sent.
func (m *machine) answered(name string) bool {
	return slices.ContainsFunc(m.run.Answers, func(a Answer) bool { return strings.HasPrefix(a.How, name+".") })
}

func (m *machine) nodeError(code, message string) *goja.Object {
	e, err := m.rt.New(m.errorClass, m.rt.ToValue(message))
	if err != nil {
		panic(err)
	}
	m.set(e, "code", code)
	return e
}

// frame finds a place of the user's in the text of an error's stack, as goja writes it.
var frame = regexp.MustCompile(`\(?(/[^()\n]+):(\d+):(\d+)\(\d+\)`)

// origin is where an error comes from, innermost call first: the calls that led to an injected failure, or what its stack says.
func (m *machine) origin(v goja.Value) []instrument.Place {
	o := asObject(v)
	if o == nil || m.unknowns[o] != nil {
		return nil
	}
	if through, ok := m.failures[o]; ok {
		return through
	}
	stack := ""
	m.quietly(func() {
		if s := o.Get("stack"); s != nil {
			stack = s.String()
		}
	})
	var out []instrument.Place
	for _, found := range frame.FindAllStringSubmatch(stack, 20) {
		line, _ := strconv.Atoi(found[2]) // the pattern has digits only
		column, _ := strconv.Atoi(found[3])
		if p := instrument.PlaceOf(file.Position{Filename: found[1], Line: line, Column: column}); p.Line > 0 {
			out = append(out, p)
		}
	}
	return out
}

// looseAt is something that nobody handles, with where it comes from.
func (m *machine) looseAt(what string, through []instrument.Place) Loose {
	l := Loose{What: what, Through: through, At: m.clock.now, AfterAnswer: len(m.run.Answers) > 0}
	if len(through) > 0 {
		l.Place = through[0]
	}
	return l
}
