package platform

// readWrangler reads wrangler.toml, wrangler.json and wrangler.jsonc: `main`, or `build.upload.main` in older files.
//
// Source: developers.cloudflare.com, workers/wrangler/configuration.
func (f *finder) readWrangler(file string, _ []byte, root *conf) {
	f.in(dirOf(file)).wrangler = true
	f.workerSettings(root)
	main := root.get("main")
	if main.str() == "" {
		main = root.get("build", "upload", "main")
	}
	if main.str() == "" {
		return
	}
	script := f.script(join(dirOf(file), main.str()))
	if script == "" {
		script = f.builtFrom(dirOf(file), main.str())
	}
	if script == "" {
		f.note(file + ": the file of main `" + main.str() + "` was not found")
		return
	}
	f.declare(script, declaration{platform: "cloudflare", http: true, place: main.place(), why: "`main` in " + file})
}
