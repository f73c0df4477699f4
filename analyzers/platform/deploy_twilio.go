package platform

// twilioConfig is a .twilioserverlessrc.
type twilioConfig struct {
	functions string // folder of functions, "" if it is the usual one
	assets    string
	runtime   string
}

// readTwilio reads .twilioserverlessrc.
//
// Source: twilio-labs/serverless-toolkit, packages/twilio-run/src/config (functionsFolder, assetsFolder, runtime).
func (f *finder) readTwilio(file string, _ []byte, root *conf) {
	if c := root.get("runtime"); c.placed() {
		f.set(twilioRuntime(c, root.key("runtime")))
	}
	f.in(dirOf(file)).twilio = &twilioConfig{
		functions: root.get("functionsFolder").str(),
		assets:    root.get("assetsFolder").str(),
		runtime:   root.get("runtime").str(),
	}
}

// twilioPackages make a folder a Twilio project.
func twilioPackages() []string { return []string{"@twilio/runtime-handler", "twilio-run"} }

// twilioProject finds the project whose folder of functions a file lies in. Strong means that the project says that it is one;
// otherwise it only looks like one, with folders `functions` and `assets` side by side.
//
// Source: twilio-labs/serverless-toolkit, packages/serverless-api/src/utils/fs.ts (`functions` or `src`, `assets` or `static`; .js only).
func (f *finder) twilioProject(file string) (config *twilioConfig, dir string, strong bool) {
	for dir := range ancestors(file) {
		rest, ok := below(dir, file)
		if !ok {
			continue
		}
		fo := f.folders[dir]
		if fo != nil && (fo.twilio != nil || fo.pkg.has(twilioPackages()...)) {
			if inFunctions(fo.twilio, rest) {
				return fo.twilio, dir, true
			}
			return nil, "", false
		}
		if first(rest) == "functions" && f.dirs[join(dir, "assets")] {
			return nil, dir, false
		}
	}
	return nil, "", false
}

func inFunctions(c *twilioConfig, rest string) bool {
	if c != nil && c.functions != "" {
		_, ok := below(join(c.functions), rest)
		return ok
	}
	in := first(rest)
	return in == "functions" || in == "src"
}
