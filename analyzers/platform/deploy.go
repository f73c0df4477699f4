package platform

import (
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// deployed is what the deployment files of a tree say.
type deployed struct {
	// declared are the handlers that they name, by file.
	declared map[string][]declaration
	folders  map[string]*folder
}

// declaration is a handler that a deployment file names.
type declaration struct {
	platform string // `lambda`, `azure.v3`, `gcf`, `twilio`, `cloudflare`
	export   string // dotted; "" for the module as a whole
	// runtime is the Node version as written; legacy means that a missing one stands for Node 22 or older.
	runtime string
	legacy  bool
	budget  Budget
	gateway Budget
	http    bool
	proxy   bool
	event   bool // Google: an event, not HTTP
	routing Routing
	options string // NODE_OPTIONS
	bundle  *Bundle
	place   Place
	why     string
}

// folder is what the deployment files that lie directly in a folder say.
type folder struct {
	pkg        *manifest
	node       string // .nvmrc, .node-version
	twilio     *twilioConfig
	vercel     *vercelConfig
	netlify    string  // folder of functions, relative to the root of the tree
	bundle     *Bundle // that netlify.toml asks for
	azure      *Budget
	next       bool
	serverless bool
	sam        bool
	wrangler   bool
	foreign    string // a provider of the Serverless Framework that has no contract here
}

func newDeployed() deployed {
	return deployed{declared: map[string][]declaration{}, folders: map[string]*folder{}}
}

// in is the record of a folder.
func (d *deployed) in(dir string) *folder {
	if d.folders[dir] == nil {
		d.folders[dir] = &folder{}
	}
	return d.folders[dir]
}

// above finds the innermost folder around a file of which a question is true.
func (d *deployed) above(file string, ask func(*folder) bool) (string, *folder) {
	for dir := range ancestors(file) {
		if fo := d.folders[dir]; fo != nil && ask(fo) {
			return dir, fo
		}
	}
	return "", nil
}

func (f *finder) declare(file string, d declaration) {
	f.declared[file] = append(f.declared[file], d)
}

// reader reads one format of deployment files.
type reader struct {
	// takes tells whether a file is of the format, by its name.
	takes func(name string) bool
	// wants is a look at the text before it is parsed; nil takes all.
	wants func(text []byte) bool
	// read notes what the file says. Root is nil for files that are not structured.
	read func(f *finder, file string, text []byte, root *conf)
	// plain is text without structure.
	plain bool
	// telling means that a file decides who invokes the handlers around it by being there: if it is broken, read gets no root.
	telling bool
}

// readers are all formats; the order is that in which they are read.
func readers() []reader {
	return []reader{
		{takes: named("package.json"), read: (*finder).readPackage},
		{takes: named(".nvmrc", ".node-version"), read: (*finder).readNodeVersion, plain: true},
		{takes: startsWith("next.config."), read: (*finder).readNextConfig, plain: true},
		{takes: named(".twilioserverlessrc"), read: (*finder).readTwilio, telling: true},
		{takes: named("vercel.json", "now.json"), read: (*finder).readVercel, telling: true},
		{takes: named("netlify.toml"), read: (*finder).readNetlify},
		{takes: named("wrangler.toml", "wrangler.json", "wrangler.jsonc"), read: (*finder).readWrangler},
		{takes: named("host.json"), read: (*finder).readAzureHost},
		{takes: named("function.json"), read: (*finder).readAzureFunction},
		{takes: isServerless, read: (*finder).readServerless},
		{takes: named("serverless.ts", "serverless.js"), read: (*finder).readServerlessScript, plain: true},
		{takes: isTemplate, wants: wantsTemplate, read: (*finder).readTemplate},
		{takes: isGcloudText, wants: wantsGcloud, read: (*finder).readGcloud, plain: true},
	}
}

func named(names ...string) func(string) bool {
	return func(name string) bool { return slices.Contains(names, name) }
}

func startsWith(prefix string) func(string) bool {
	return func(name string) bool { return strings.HasPrefix(name, prefix) }
}

// opened is a deployment file that was read.
type opened struct {
	file   string
	text   []byte
	root   *conf
	failed *confError
	use    bool
}

// readDeployments reads all deployment files: the texts in parallel, what they say in order.
func (f *finder) readDeployments() {
	files := f.deploymentFiles()
	for _, r := range readers() {
		var mine []opened
		for _, file := range files {
			if r.takes(path.Base(file)) {
				mine = append(mine, opened{file: file})
			}
		}
		f.open(r, mine)
		for _, o := range mine {
			switch {
			case o.failed != nil:
				src := &confSource{file: o.file, text: o.text}
				f.project.Problems = append(f.project.Problems, Problem{src.place(o.failed.offset, o.failed.offset), o.failed.text})
				if r.telling {
					r.read(f, o.file, o.text, nil)
				}
			case o.use:
				r.read(f, o.file, o.text, o.root)
			}
		}
	}
}

// open reads and parses files in parallel.
func (f *finder) open(r reader, files []opened) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range files {
		o := &files[i]
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			dropper, drops := f.tree.(Dropper)
			if drops = drops && r.wants != nil; drops && dropper.Dropped(o.file) {
				return
			}
			text, err := f.tree.Read(o.file)
			if err != nil {
				return
			}
			if r.wants != nil && !r.wants(text) {
				if drops {
					dropper.Drop(o.file)
				}
				return
			}
			o.text, o.use = text, true
			if !r.plain {
				o.root, o.failed = parseConf(o.file, text)
			}
		})
	}
	wg.Wait()
}

// deploymentFiles are the listed files that may be deployment files, and, if only a few files are listed, those above them.
func (f *finder) deploymentFiles() []string {
	var out []string
	for _, file := range f.files {
		if name := path.Base(file); isDeployment(name) && !hasSegment(file, "node_modules") && !hasSegment(file, ".github") {
			out = append(out, file)
		}
	}
	if len(f.files) > probeLimit {
		return out
	}
	probed := map[string]bool{}
	for _, file := range f.files {
		for dir := range ancestors(file) {
			if probed[dir] {
				break
			}
			probed[dir] = true
			for _, name := range deploymentNames() {
				at := join(dir, name)
				if !f.listed[at] && f.exists(at) {
					out = append(out, at)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// deploymentNames are the exact names that are looked for above the files checked.
func deploymentNames() []string {
	return []string{
		"package.json", ".nvmrc", ".node-version", ".twilioserverlessrc", "vercel.json", "netlify.toml", "wrangler.toml",
		"wrangler.json", "wrangler.jsonc", "host.json", "function.json", "serverless.yml", "serverless.yaml", "serverless.json",
		"template.yml", "template.yaml", "template.json",
	}
}

func isDeployment(name string) bool {
	switch path.Ext(name) {
	case ".json", ".jsonc", ".toml", ".yml", ".yaml", ".nvmrc", ".node-version", ".twilioserverlessrc":
		return true
	}
	return strings.HasPrefix(name, "next.config.") || name == "serverless.ts" || name == "serverless.js" || isGcloudText(name)
}
