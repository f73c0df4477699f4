package platform

import (
	"path"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// bareIn finds what a file exports that nothing else speaks of: `handler`, a worker, the functions of a package for the Functions
// Framework.
func (f *finder) bareIn(s *source) []*Handler {
	if _, fo := f.above(s.path, func(fo *folder) bool { return fo.foreign != "" || fo.serverless }); fo != nil && fo.foreign != "" {
		return nil
	}
	if hs := f.bareWorker(s); len(hs) > 0 {
		return hs
	}
	if _, ok := f.netlifyFolder(s.path); ok { // what is no entry there is a helper
		return nil
	}
	if f.exportsFunctions(s.path) {
		return f.frameworkExports(s)
	}
	e := s.bareExport()
	if e == nil || e.from != "" || s.forBrowsers() || s.isCommand() {
		return nil // a re-export: the file that makes it is looked at itself
	}
	return f.bareHandler(s, e)
}

// bareExport is the export that is a handler by its name: `handler`, and the `lambdaHandler` of SAM's templates.
func (s *source) bareExport() *export {
	if e := s.named("handler"); e != nil {
		return e
	}
	e := s.named("lambdaHandler")
	if e != nil && e.entry.Decl == nil && e.entry.Expr == nil {
		return nil
	}
	return e
}

// forBrowsers tells whether a file's place or ending says that it runs in a browser: components, and modules in folders of files
// that are served (CommonJS there is for somebody else).
func (s *source) forBrowsers() bool {
	switch path.Ext(s.path) {
	case ".jsx", ".tsx":
		return true
	}
	return s.file.ESModule && served(s.path)
}

// served tells whether a file lies in a folder of files for browsers.
func served(file string) bool {
	return hasSegment(file, "assets") || hasSegment(file, "static") || hasSegment(file, "public")
}

// isCommand tells whether a file is a command module of yargs: a `handler` beside `command` and what describes it.
//
// Source: yargs.js.org, docs/advanced (Providing a Command Module).
func (s *source) isCommand() bool {
	return s.named("command") != nil && (s.named("builder") != nil || s.named("describe") != nil || s.named("desc") != nil)
}

// bareHandler decides between Twilio and Lambda.
func (f *finder) bareHandler(s *source, e *export) []*Handler {
	sh := f.shapeOf(s, e.entry)
	if !sh.isFunction(e.entry) {
		return nil
	}
	h := s.found(e.name, e.entry, nil, "")
	v := f.decide(s, sh)
	if e.name == "lambdaHandler" && v.platform != "lambda" {
		return nil
	}
	if v.platform == "" {
		v = f.forced(v)
	}
	h.Why, h.Unsure = v.why, v.unsure
	switch v.platform {
	case "":
		if v.why == "" {
			return nil
		}
		return []*Handler{h}
	case "twilio":
		h.Contract = twilioContract(sh)
		f.twilioLimits(h)
	case "lambda":
		h.Contract = f.lambdaContract(sh, h, false)
		h.Budget = Budget{From: unknownBudget + "no deployment file names it"}
	case "netlify":
		return f.netlifyFirst(s, s, e, &claim{why: v.why})
	default:
		h.Contract = forcedContract(v.platform)
		h.withDefaults()
	}
	return append([]*Handler{h}, f.inside(s, sh, h)...)
}

// verdict is which platform a handler is for, and why.
type verdict struct {
	platform string // "" if it cannot be told; then why says what would tell, or nothing if it is no handler
	why      string
	unsure   bool
}

// decide weighs, in this order: the order of the parameters' names, what the function uses, the project.
func (f *finder) decide(s *source, sh shape) verdict {
	fn := sh.fn
	first, second := paramName(fn, 0), paramName(fn, 1)
	_, dir, strong := f.twilioProject(s.path)
	switch {
	case sh.contract == "lambda.stream":
		return verdict{platform: "lambda", why: "wrapped by streamifyResponse"}
	case sh.wrapper != nil && strings.HasPrefix(sh.wrapper.Package, "twilio"):
		return verdict{platform: "twilio", why: "wrapped by " + sh.wrapper.Package}
	case sh.app != nil:
		return verdict{platform: "lambda", why: "an application wrapped by " + sh.appBy}
	case contextLike(first) && (eventLike(second) || second == "" && callbackLike(paramName(fn, 2))):
		return verdict{platform: "twilio", why: "parameters (" + first + ", " + second + ", …) in Twilio's order"}
	case s.usesTwilio():
		return verdict{platform: "twilio", why: "uses Twilio's globals"}
	case s.uses(netlifyPackage):
		return verdict{platform: "netlify", why: "in a file that uses " + netlifyPackage}
	case eventLike(first) && f.depends(s.path, netlifyPackage) && f.lambdaProject(s) == "":
		return verdict{platform: "netlify", why: "in a package with " + netlifyPackage}
	case eventLike(first):
		return verdict{platform: "lambda", why: "exported handler, first parameter `" + first + "`"}
	case strong && fn != nil:
		return verdict{platform: "twilio", why: "in the functions of a Twilio project"}
	}
	return f.decideByProject(s, sh, dir != "")
}

func (f *finder) decideByProject(s *source, sh shape, looksTwilio bool) verdict {
	lambda := f.lambdaProject(s)
	first := paramName(sh.fn, 0)
	switch {
	case sh.fn == nil && lambda != "":
		return verdict{platform: "lambda", why: "exported handler " + lambda, unsure: true}
	case sh.fn == nil:
		return verdict{why: "its function cannot be seen; set `platform:` in .handlervet.yml"}
	case contextLike(first) && looksTwilio:
		return verdict{platform: "twilio", why: "first parameter `" + first + "`, in functions/ beside assets/"}
	case requestLike(first) && responseLike(paramName(sh.fn, 1)), contextLike(first), len(sh.fn.Params) > 3:
		return verdict{why: "its parameters fit no known platform; set `platform:` in .handlervet.yml"}
	case lambda != "":
		return verdict{platform: "lambda", why: "exported handler " + lambda}
	case sh.fn.Async && (len(sh.fn.Params) == 0 || isPattern(sh.fn)):
		return verdict{platform: "lambda", why: "exported handler, async, with no parameter or a pattern for the event", unsure: true}
	}
	return verdict{why: "may be Twilio (context, event, callback) or Lambda (event, context, callback); set `platform:` in .handlervet.yml"}
}

func isPattern(fn *jsparse.Func) bool {
	_, ok := fn.Params[0].Target.(*jsparse.ObjectPattern)
	return ok
}

// lambdaProject says what makes a file one of a project for Lambda; "" if nothing does.
func (f *finder) lambdaProject(s *source) string {
	if _, fo := f.above(s.path, func(fo *folder) bool { return fo.serverless || fo.sam }); fo != nil {
		return "below a serverless.yml or a SAM template"
	}
	if f.depends(s.path, "@types/aws-lambda", "aws-lambda", "aws-cdk-lib", "aws-sdk", "@aws-sdk/client-dynamodb", "@aws-sdk/client-s3", "@middy/core") {
		return "in a package with AWS's libraries"
	}
	for _, r := range s.file.Imports {
		if r.Path == "aws-sdk" || r.Path == "aws-lambda" || strings.HasPrefix(r.Path, "@aws-sdk/") || strings.HasPrefix(r.Path, "@aws-lambda-powertools/") {
			return "in a file that uses " + r.Path
		}
	}
	return ""
}

// uses tells whether the file imports a package.
func (s *source) uses(name string) bool {
	return slices.ContainsFunc(s.file.Imports, func(r jsparse.ImportRecord) bool { return r.Path == name })
}

// usesTwilio tells whether the file uses one of the globals that only Twilio defines, or context.getTwilioClient().
func (s *source) usesTwilio() bool {
	text := []byte(s.file.Text)
	if !has(text, "Twilio") && !has(text, "Runtime") {
		return false
	}
	found := false
	for _, stmt := range s.file.Body {
		jsparse.Walk(stmt, func(n jsparse.Node) bool {
			if m, ok := n.(*jsparse.Member); ok {
				global := unboundName(m.Object)
				found = found || m.Name == "getTwilioClient" || global == "Twilio" ||
					global == "Runtime" && strings.HasPrefix(m.Name, "get")
			}
			return !found
		})
	}
	return found
}
