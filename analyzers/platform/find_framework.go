package platform

import "regexp"

// exportsFunctions tells whether a file is the main file of a package that runs under the Functions Framework.
func (f *finder) exportsFunctions(file string) bool {
	return f.depends(file, "@google-cloud/functions-framework") && f.isMain(file)
}

// frameworkExports are the targets that the package's scripts name; if there are none, exported functions with (req, res).
func (f *finder) frameworkExports(s *source) []*Handler {
	m, _ := f.manifestOf(s.path)
	out := f.frameworkTargets(s, m)
	if len(out) > 0 {
		return out
	}
	for _, e := range s.exports {
		sh := f.shapeOf(s, e.entry)
		if sh.fn == nil || sh.in != s || !requestLike(paramName(sh.fn, 0)) || !responseLike(paramName(sh.fn, 1)) {
			continue
		}
		h := s.found(e.name, e.entry, gcfHTTP, "exported by the main file of a package for the Functions Framework")
		h.HTTP, h.Runtime = true, f.nodeOf(s.path)
		out = append(out, h.withDefaults())
	}
	return out
}

// Options of the Functions Framework in the scripts of a package.
var (
	targetOption    = regexp.MustCompile(`functions-framework[^\n&|;]*--target[= ]([\w.]+)[^\n&|;]*`)
	signatureOption = regexp.MustCompile(`--signature-type[= ](http|event|cloudevent)`)
)

// frameworkTargets are exports that the package's scripts run: `functions-framework --target=name --signature-type=event`.
//
// Source: GoogleCloudPlatform/functions-framework-nodejs, src/options.ts.
func (f *finder) frameworkTargets(s *source, m *manifest) []*Handler {
	var out []*Handler
	for _, option := range targetOption.FindAllStringSubmatch(m.text, -1) {
		in, name, entry, ok := f.declaredExport(s, option[1])
		if !ok {
			continue
		}
		contract := gcfHTTP
		if kind := signatureOption.FindStringSubmatch(option[0]); kind != nil {
			contract = frameworkContract(f.shapeOf(in, entry), kind[1])
		}
		h := in.found(name, entry, contract, "the target of functions-framework in the scripts of package.json")
		h.HTTP, h.Runtime = contract == gcfHTTP, f.nodeOf(s.path)
		out = append(out, h.withDefaults())
	}
	return out
}

// frameworkContract is that of a signature type.
func frameworkContract(sh shape, signature string) *Contract {
	switch signature {
	case "event":
		return gcfContract(sh, true)
	case "cloudevent":
		return cloudEventContract(sh)
	}
	return gcfHTTP
}
