package platform

import (
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// graphqlServers are what makes a GraphQL server or its schema of an object with `resolvers`, by the documentation of the packages.
// A server may be given the schema instead, which another of them makes.
var graphqlServers = map[string][]string{
	"apollo-server":                 {"ApolloServer", "makeExecutableSchema"},
	"apollo-server-lambda":          {"ApolloServer", "makeExecutableSchema"},
	"apollo-server-azure-functions": {"ApolloServer", "makeExecutableSchema"},
	"apollo-server-cloud-functions": {"ApolloServer", "makeExecutableSchema"},
	"apollo-server-cloudflare":      {"ApolloServer", "makeExecutableSchema"},
	"apollo-server-micro":           {"ApolloServer", "makeExecutableSchema"},
	"@apollo/server":                {"ApolloServer"},
	"@apollo/subgraph":              {"buildSubgraphSchema"},
	"@graphql-tools/schema":         {"makeExecutableSchema"},
	"graphql-tools":                 {"makeExecutableSchema"},
	"graphql-yoga":                  {"GraphQLServerLambda", "createYoga", "createSchema"},
}

// resolvers are the functions behind the fields of the GraphQL server that a handler hands its requests to. Host gives them its limits.
func (f *finder) resolvers(s *source, sh shape, host *Handler) []*Handler {
	w := &resolverWalk{f: f, host: host, steps: new(int)}
	if !w.serversIn(s) && sh.hidden != "" {
		if in := f.madeIn(s, host.Entry.Expr); in != nil {
			w.serversIn(in)
		}
	}
	return w.out
}

// madeIn is the file that the server in an expression like `server.createHandler()` is imported from.
func (f *finder) madeIn(s *source, x jsparse.Expr) *source {
	c := s.callee(x)
	if !c.known || c.pkg == "" {
		return nil
	}
	if file := f.resolve(s.path, c.pkg); file != "" {
		return f.load(file)
	}
	return nil
}

// resolverWalk collects the functions of maps of resolvers.
type resolverWalk struct {
	f    *finder
	host *Handler
	from string // the file that makes the server
	// steps counts the expressions that were looked at.
	steps *int
	out   []*Handler
}

// serversIn looks for servers that a file makes at its top level.
func (w *resolverWalk) serversIn(s *source) bool {
	if !s.importsGraphQL() {
		return false
	}
	found := false
	w.from = s.path
	for _, stmt := range s.file.Body {
		jsparse.Walk(stmt, func(n jsparse.Node) bool {
			switch n := n.(type) {
			case *jsparse.Func:
				return false
			case *jsparse.New:
				found = w.server(s, n.Callee, n.Args) || found
			case *jsparse.Call:
				found = w.server(s, n.Callee, n.Args) || found
			}
			return true
		})
	}
	return found
}

func (s *source) importsGraphQL() bool {
	for _, in := range s.imports {
		if graphqlServers[in.path] != nil {
			return true
		}
	}
	return false
}

// server takes the resolvers of a call that makes a server or a schema.
func (w *resolverWalk) server(s *source, callee jsparse.Expr, args []jsparse.Expr) bool {
	c := s.callee(callee)
	if !c.known || len(args) == 0 || !slices.Contains(graphqlServers[c.pkg], c.name) {
		return false
	}
	for _, options := range w.each(s, args[0]) {
		if x := propertyValue(options.props, "resolvers"); x != nil {
			for _, m := range w.each(options.in, x) {
				w.types(m)
			}
		}
	}
	return true
}

// literal is an object literal and the file that it stands in.
type literal struct {
	in    *source
	props []*jsparse.Property
}

// each are the object literals that an expression stands for: one by name, those of a list, those that are merged.
func (w *resolverWalk) each(s *source, x jsparse.Expr) []literal {
	if *w.steps++; *w.steps > maxLookSteps {
		return nil
	}
	switch x := x.(type) {
	case *jsparse.Object:
		return []literal{{s, x.Props}}
	case *jsparse.Array:
		return w.all(s, x.Items)
	case *jsparse.Call: // merge({}, a, b), mergeResolvers([a, b]), Object.assign({}, a, b)
		return w.all(s, x.Args)
	case *jsparse.Ident, *jsparse.Member, *jsparse.Require:
		if in, y := w.f.valueOf(s, x); y != nil {
			return w.each(in, y)
		}
	}
	return nil
}

func (w *resolverWalk) all(s *source, list []jsparse.Expr) []literal {
	var out []literal
	for _, x := range list {
		out = append(out, w.each(s, x)...)
	}
	return out
}

// types walks `{ Query: { … }, Mutation: { … } }`.
func (w *resolverWalk) types(m literal) {
	for _, p := range m.props {
		switch {
		case p.Value == nil || p.Key == "Subscription": // a subscription's functions give iterators
		case p.Spread:
			for _, inner := range w.each(m.in, p.Value) {
				w.types(inner)
			}
		default:
			for _, fields := range w.each(m.in, p.Value) {
				w.fields(p.Key, fields)
			}
		}
	}
}

// fields walks the fields of one type: functions, or objects with the function in `resolve`.
func (w *resolverWalk) fields(name string, m literal) {
	for _, p := range m.props {
		switch {
		case p.Value == nil || strings.HasPrefix(p.Key, "__"):
		case p.Spread:
			for _, inner := range w.each(m.in, p.Value) {
				w.fields(name, inner)
			}
		default:
			w.field(m.in, name+"."+p.Key, p.Value)
		}
	}
}

func (w *resolverWalk) field(s *source, name string, x jsparse.Expr) {
	if o, ok := x.(*jsparse.Object); ok {
		x = propertyValue(o.Props, "resolve")
	}
	if x == nil {
		return
	}
	entry := entryOf(x)
	sh := w.f.shapeOf(s, entry)
	if sh.fn == nil || sh.opaque || sh.fn.Generator {
		return
	}
	h := s.found(name, entry, graphqlResolver, "a resolver of the GraphQL server in "+w.from)
	if host := w.host; host != nil {
		h.Runtime, h.Budget, h.Gateway, h.NodeOptions, h.Bundle = host.Runtime, host.Budget, host.Gateway, host.NodeOptions, host.Bundle
		if host.Contract != nil {
			h.Loading = host.Contract.Loading
		}
	}
	w.out = append(w.out, h)
}

// valueOf is the expression that a top-level name or a member of a file of the project stands for, and where; nil if it is not seen.
func (f *finder) valueOf(s *source, x jsparse.Expr) (*source, jsparse.Expr) {
	if id, ok := x.(*jsparse.Ident); ok {
		if b := s.bound[id.Symbol]; b.expr != nil {
			return s, b.expr
		}
	}
	c := s.callee(x)
	if !c.known || c.pkg == "" {
		return nil, nil
	}
	in, e := f.followImport(s, imported{c.pkg, c.name})
	if e == nil || e.entry.Expr == nil {
		return nil, nil
	}
	return in, e.entry.Expr
}
