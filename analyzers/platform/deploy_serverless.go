package platform

import (
	"path"
	"strings"
)

// isServerless tells whether a file is a service of the Serverless Framework (serverless.com).
func isServerless(name string) bool {
	stem, ext := trimExt(name), path.Ext(name)
	if ext != ".yml" && ext != ".yaml" && ext != ".json" {
		return false
	}
	return stem == "serverless" || strings.HasPrefix(stem, "serverless.") || strings.HasPrefix(stem, "serverless-") ||
		strings.HasSuffix(stem, ".serverless")
}

// service is a serverless.yml.
type service struct {
	f        *finder
	file     string
	root     *conf
	provider string
	runtime  string
	timeout  *conf
	shared   *conf // the provider's properties, which functions inherit
	steps    int
}

// maxServiceSteps bounds lists of functions: aliases can make a small file stand for many.
const maxServiceSteps = 10_000

// readServerless reads the functions of a service.
//
// Source: serverless/serverless, packages/serverless/lib/plugins/aws/provider.js (schema of `functions`),
// …/package/compile/functions.js (timeout 6 s if none is given).
func (f *finder) readServerless(file string, _ []byte, root *conf) {
	s := &service{f: f, file: file, root: root}
	provider := s.resolve(root.get("provider"))
	if s.provider = provider.str(); s.provider == "" {
		s.provider = s.text(provider.get("name"))
	}
	s.runtime = s.text(provider.get("runtime"))
	s.timeout, s.shared = provider.get("timeout"), provider
	f.in(dirOf(file)).serverless = true
	if !knownProvider(s.provider) {
		f.in(dirOf(file)).foreign = s.provider
		f.note(file + ": nothing is known of the provider " + s.provider)
		return
	}
	s.functions(root.get("functions"), 0)
}

func knownProvider(name string) bool {
	switch name {
	case "", "aws", "google", "azure", "twilio", "twilio-runtime":
		return true
	}
	return strings.Contains(name, "${")
}

// functions reads a mapping of functions, a list of mappings, or a `${file(…)}` of either.
func (s *service) functions(c *conf, depth int) {
	c = s.resolve(c)
	if s.steps++; c == nil || depth > maxFollow || s.steps > maxServiceSteps {
		return
	}
	for _, item := range c.items() {
		s.functions(item, depth+1)
	}
	for _, e := range c.entries() {
		if fn := s.resolve(e.value); fn.get("handler") != nil {
			s.function(e.key, fn)
		}
	}
}

func (s *service) function(name string, fn *conf) {
	runtime := s.runtime
	if own := s.text(fn.get("runtime")); own != "" {
		runtime = own
	}
	if compiled(runtime) && (s.provider == "" || s.provider == "aws") {
		s.lambdaSettings(name, fn)
	}
	if runtime != "" && !strings.HasPrefix(runtime, "node") && !strings.Contains(runtime, "${") {
		return
	}
	if strings.Contains(runtime, "${") {
		runtime = ""
	}
	handler := s.text(fn.get("handler"))
	d := declaration{runtime: runtime, place: fn.get("handler").place()}
	d.why = "function `" + name + "` in " + s.file
	switch s.provider {
	case "google":
		d.platform, d.event = "gcf", s.hasEvent(fn, "event")
		s.googleBudget(&d, fn)
		s.googleSettings(name, fn, d.event)
	case "azure":
		d.platform, d.http = "azure.v3", s.hasEvent(fn, "http")
	case "twilio", "twilio-runtime":
		d.platform = "twilio"
	default:
		s.lambda(&d, fn)
		s.lambdaSettings(name, fn)
	}
	s.place(handler, d)
}

// place finds the file that the handler string means.
func (s *service) place(handler string, d declaration) {
	dir := dirOf(s.file)
	var file string
	switch d.platform {
	case "gcf":
		file, d.export = s.f.googleFile(dir), handler
	default:
		file, d.export = s.f.handlerString(dir, handler)
	}
	if file == "" {
		s.f.note(s.file + ": the file of handler `" + handler + "` was not found")
		return
	}
	d.bundle = s.bundle(file)
	s.f.declare(file, d)
}

// googleFile is the file that Google's loader takes in a folder.
func (f *finder) googleFile(dir string) string {
	if fo := f.folders[dir]; fo != nil && fo.pkg != nil && fo.pkg.main != "" {
		if file := f.script(join(dir, fo.pkg.main)); file != "" {
			return file
		}
	}
	if file := f.script(join(dir, "index")); file != "" {
		return file
	}
	return f.script(join(dir, "function"))
}

// lambda fills in time limit and events.
func (s *service) lambda(d *declaration, fn *conf) {
	d.platform, d.legacy = "lambda", true
	d.budget = Budget{MS: 6_000, From: "the Serverless Framework's default"}
	for _, c := range []*conf{s.timeout, fn.get("timeout")} {
		if n, ok := s.resolve(c).number(); c != nil && !ok {
			d.budget = Budget{From: unknownBudget + "`timeout` in " + s.file + " is computed", Place: c.place()}
		} else if ok {
			d.budget = Budget{MS: n * 1000, From: "`timeout` in " + s.file, Place: c.place()}
		}
	}
	if fn.get("url") != nil && fn.get("url").str() != "false" {
		d.http = true
	}
	for _, c := range []*conf{s.shared, fn} {
		if o := s.text(s.resolve(c.get("environment")).get("NODE_OPTIONS")); o != "" {
			d.options = o
		}
	}
	for _, e := range s.events(fn) {
		s.event(d, e)
	}
}

// event notes what one event says about who is waiting for the answer.
func (s *service) event(d *declaration, e confEntry) {
	switch e.key {
	case "http":
		if e.value.get("async").str() == "true" { // the gateway answers before the function does
			return
		}
		d.http = true
		d.proxy = !strings.EqualFold(e.value.get("integration").str(), "lambda")
		d.gateway = Budget{MS: 29_000, From: "API Gateway (REST)", Place: e.at.place()}
	case "httpApi":
		d.http = true
		d.gateway = Budget{MS: 30_000, From: "API Gateway (HTTP API)", Place: e.at.place()}
	case "alb":
		d.http, d.proxy = true, true
	}
}

func (s *service) events(fn *conf) []confEntry {
	var out []confEntry
	for _, item := range s.resolve(fn.get("events")).items() {
		item = s.resolve(item)
		if name := item.str(); name != "" {
			out = append(out, confEntry{name, item, nil})
		}
		for _, e := range item.entries() {
			out = append(out, confEntry{e.key, e.at, s.resolve(e.value)})
		}
	}
	return out
}

func (s *service) hasEvent(fn *conf, name string) bool {
	for _, e := range s.events(fn) {
		if e.key == name {
			return true
		}
	}
	return false
}

// googleBudget reads `timeout: 60s`.
func (s *service) googleBudget(d *declaration, fn *conf) {
	for _, c := range []*conf{s.timeout, fn.get("timeout")} {
		if ms := seconds(s.text(c)); ms > 0 {
			d.budget = Budget{MS: ms, From: "`timeout` in " + s.file, Place: c.place()}
		}
	}
}
