package platform

import (
	"slices"
	"strconv"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// workerSettings are what a wrangler file says: the limit of CPU time, of the worker and of its environments.
func (f *finder) workerSettings(root *conf) {
	places := []*conf{root}
	for _, e := range root.get("env").entries() {
		places = append(places, e.value)
	}
	for _, at := range places {
		limits := at.get("limits")
		value := limits.get("cpu_ms")
		if ms, ok := value.number(); ok && value.placed() {
			f.set(value.setting(Setting{
				Kind: TimeSetting, Platform: cloudflareModule.Platform, Name: "cpu_ms", Amount: ms, Known: true, Bounds: cloudflareBounds,
			}, limits.key("cpu_ms")))
		}
	}
}

// vercelLimit is maxDuration of a pattern in vercel.json. A limit that is no whole number is known to be none.
func vercelLimit(value, key *conf, pattern string) Setting {
	s := value.setting(Setting{
		Kind: TimeSetting, Platform: vercelNode.Platform, Name: "maxDuration", Owner: "`" + pattern + "`", Bounds: vercelBounds,
	}, key)
	if n, ok := value.number(); ok && !value.quoted {
		s.Amount, s.Known = inMS(n), true
	} else if !value.scalar {
		s.Bounds = Bounds{}
	}
	return s
}

// runtimeVariable names the Node version of Netlify's functions.
const runtimeVariable = "AWS_LAMBDA_JS_RUNTIME"

// netlifySettings are the settings of a netlify.toml that functions are said not to see.
//
// Source: netlify/build, packages/zip-it-and-ship-it/src/runtimes/node/utils/node_version.ts (the variable is read from the site's
// settings: UI, CLI or API).
func (f *finder) netlifySettings(root *conf) {
	environments := []*conf{root.get("build", "environment")}
	for _, e := range root.get("context").entries() {
		environments = append(environments, e.value.get("environment"))
	}
	for _, at := range environments {
		value := at.get(runtimeVariable)
		if value.placed() {
			f.set(value.setting(Setting{
				Kind: RuntimeSetting, Platform: netlifyV2.Platform, Name: runtimeVariable,
				Ignored: "Netlify takes it from the site's environment variables (UI, CLI or API), never from netlify.toml; its functions run on Node 24 by default",
			}, at.key(runtimeVariable)))
		}
	}
}

// vercelSettings are what a file below api/ says of itself.
//
// Source: vercel/vercel, packages/node/src/utils.ts (`runtime` is edge, experimental-edge or nodejs, or the build fails);
// packages/static-config.
func (f *finder) vercelSettings(s *source) {
	if lit, ok := s.configValue("maxDuration").(*jsparse.Literal); ok {
		f.set(s.duration(lit))
	}
	if lit, ok := s.exportedValue("maxDuration").(*jsparse.Literal); ok && s.configValue("maxDuration") == nil {
		bare := s.duration(lit)
		bare.Ignored, bare.Bounds = vercelMaxDurationUnread, Bounds{}
		f.set(bare)
	}
	lit, ok := s.configValue("runtime").(*jsparse.Literal)
	if !ok || lit.Kind != jsparse.String {
		return
	}
	runtime := Setting{Kind: RuntimeSetting, Platform: vercelNode.Platform, Name: "runtime", Text: lit.Value, Place: s.within(lit)}
	if !slices.Contains([]string{"edge", "experimental-edge", "nodejs"}, lit.Value) {
		runtime.Wrong = &Fault{
			Message:  "`" + lit.Value + "` is no runtime of Vercel's, and the build fails: there are `nodejs` and `edge`",
			Help:     "write `nodejs`; the version of Node is chosen by `engines.node` in package.json or in the project's settings",
			Severity: severe, Instead: "nodejs", Safe: true,
		}
		runtime.Editable = true
	}
	f.set(runtime)
}

// duration is a maxDuration in a handler's file.
func (s *source) duration(lit *jsparse.Literal) Setting {
	set := Setting{
		Kind: TimeSetting, Platform: vercelNode.Platform, Name: "maxDuration", Text: lit.Value, Place: s.at(lit), Bounds: vercelBounds,
		Editable: lit.Kind == jsparse.Number,
	}
	if n, err := strconv.Atoi(lit.Value); err == nil && lit.Kind == jsparse.Number {
		set.Amount, set.Known = inMS(n), true
	}
	return set
}

// at is the place of an expression.
func (s *source) at(x jsparse.Expr) Place {
	span := x.Span()
	return Place{File: s.path, Start: span.Start, End: span.End, Line: lineAt(s.file.Text, span.Start)}
}

// within is the place of a string without its quotes.
func (s *source) within(lit *jsparse.Literal) Place {
	p := s.at(lit)
	p.Start, p.End = p.Start+1, p.End-1
	return p
}
