package platform

import (
	"bytes"
	"path"
	"regexp"
	"strings"
)

// Functions of Google's often have no deployment file: the command that deploys them stands in a script, in the build's
// configuration, in package.json, or in the page that explains them.

// gcloudDeploy finds `gcloud functions deploy NAME …`, to the end of the command.
var gcloudDeploy = regexp.MustCompile(`gcloud (?:(?:alpha|beta) )?functions deploy[ \t]+((?:\\\r?\n|[^\n;&|])*)`)

// gcloudOption is one of its options.
var gcloudOption = regexp.MustCompile(`--([a-z0-9-]+)(?:[= ]+["']?([^\s"'\\-][^\s"'\\]*))?`)

// gcloudName is a name as the platform takes it for a function, and JavaScript for an export.
var gcloudName = regexp.MustCompile(`^[A-Za-z][\w.]*$`)

// isGcloudText tells whether a file of that name may hold the command.
func isGcloudText(name string) bool {
	return path.Ext(name) == ".sh" || strings.EqualFold(name, "README.md") || name == "index.md" ||
		strings.HasPrefix(name, "cloudbuild.") && path.Ext(name) != ".json"
}

func wantsGcloud(text []byte) bool { return bytes.Contains(text, []byte("functions deploy")) }

// readGcloud declares the functions that a text deploys.
//
// Source: cloud.google.com, sdk/gcloud/reference/functions/deploy.
func (f *finder) readGcloud(file string, text []byte, _ *conf) {
	src := &confSource{file: file, text: text}
	for _, m := range gcloudDeploy.FindAllSubmatchIndex(text, -1) {
		f.gcloudFunction(src, string(text[m[2]:m[3]]), src.place(m[0], m[2]))
	}
}

func (f *finder) gcloudFunction(src *confSource, command string, place Place) {
	options := map[string]string{}
	for _, o := range gcloudOption.FindAllStringSubmatch(command, -1) {
		options[o[1]] = o[2]
	}
	name, _, _ := strings.Cut(strings.TrimSpace(command), " ")
	if entry := options["entry-point"]; entry != "" {
		name = entry
	}
	_, http := options["trigger-http"]
	event := false
	for _, trigger := range []string{"trigger-topic", "trigger-bucket", "trigger-event", "trigger-event-filters", "trigger-resource"} {
		_, is := options[trigger]
		event = event || is
	}
	target := f.googleFile(path.Join(dirOf(src.file), options["source"]))
	if target == "" || !gcloudName.MatchString(name) || http == event || !f.mentions(target, name) {
		return
	}
	d := declaration{platform: "gcf", export: name, event: event, place: place, why: "`gcloud functions deploy` in " + src.file}
	if node := options["runtime"]; strings.HasPrefix(node, "nodejs") {
		d.runtime = node
	}
	if ms := seconds(options["timeout"]); ms > 0 {
		d.budget = Budget{MS: ms, From: "`--timeout` in " + src.file, Place: place}
	}
	f.declare(target, d)
}

// mentions tells whether a file may export a name. Pages explain functions of other languages, too.
func (f *finder) mentions(file, name string) bool {
	text, err := f.tree.Read(file)
	return err == nil && bytes.Contains(text, []byte("exports."+name)) || bytes.Contains(text, []byte("export")) && exportedName(name).Match(text)
}

// exportedName finds the export of a name in an ES module.
func exportedName(name string) *regexp.Regexp {
	return regexp.MustCompile(`export\s+(?:async\s+)?(?:const|let|var|function)\s+` + regexp.QuoteMeta(name) + `\b`)
}
