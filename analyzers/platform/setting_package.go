package platform

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/Masterminds/semver/v3"
)

// packageSettings are what package.json files say to the platform on which their projects run.
func (f *finder) packageSettings() {
	runsOnTwilio := map[string]bool{}
	for _, h := range f.project.Handlers {
		if h.Contract != nil && h.Contract.Platform == twilio.Platform {
			_, dir := f.manifestOf(h.File)
			fo := f.folders[dir]
			if rest, ok := below(dir, h.File); ok && fo != nil && inFunctions(fo.twilio, rest) { // one above several projects is not deployed
				runsOnTwilio[dir] = true
			}
		}
	}
	for dir, fo := range f.folders {
		if fo.pkg == nil {
			continue
		}
		if runsOnTwilio[dir] {
			f.runtimeHandler(fo)
		}
		if fo.vercel != nil {
			f.vercelNode(fo.pkg)
		}
	}
}

// handlerPackage is the package that is Twilio's runtime.
const handlerPackage = "@twilio/runtime-handler"

// handlerForNode24 is the oldest version of it with which Twilio builds for node24.
//
// Source: twilio.com, changelog, 2026-07-08 (older ones fail the build; up to 2.1.2 they are replaced by it).
const handlerForNode24 = "1.2.0"

// runtimeHandler is the version of Twilio's runtime: it must be exact, and a dependency of production.
//
// Source: twilio-labs/serverless-toolkit, packages/twilio-run/src/checks/check-runtime-handler.ts; docs, Runtime Handler.
func (f *finder) runtimeHandler(fo *folder) {
	section := fo.pkg.root.get("dependencies")
	misplaced := section.get(handlerPackage) == nil
	if misplaced {
		section = fo.pkg.root.get("devDependencies")
	}
	value, key := section.get(handlerPackage), section.key(handlerPackage)
	if !value.placed() {
		return
	}
	s := value.setting(Setting{Kind: PackageSetting, Platform: twilio.Platform, Name: handlerPackage}, key)
	version, err := semver.StrictNewVersion(strings.TrimPrefix(strings.TrimSpace(s.Text), "v"))
	switch {
	case misplaced:
		s.Place, s.Editable = key.place(), false
		s.Wrong = &Fault{
			Message:  "`" + handlerPackage + "` stands in `devDependencies`, and Twilio's tools refuse to deploy",
			Help:     "move it to `dependencies`",
			Severity: severe,
		}
	case err != nil:
		s.Wrong = &Fault{
			Message:  "`" + s.Text + "` is no exact version of `" + handlerPackage + "`, and deploying fails",
			Help:     "write one version, such as `1.2.3`: Twilio installs no range and no tag",
			Severity: severe, Instead: lowest(s.Text),
		}
	case fo.twilio != nil && nodeMajor(fo.twilio.runtime) >= 24 && version.LessThan(semver.MustParse(handlerForNode24)):
		s.Wrong = &Fault{
			Message:  "Twilio's build for `" + fo.twilio.runtime + "` fails with `" + handlerPackage + "` before " + handlerForNode24,
			Help:     "take version " + handlerForNode24 + " or later",
			Severity: severe,
		}
	}
	f.set(s)
}

// lowest is the version that a range such as `^1.2.3` begins with, "" if it is another kind of range.
func lowest(text string) string {
	v, err := semver.StrictNewVersion(strings.TrimLeft(text, "^~=v "))
	if err != nil {
		return ""
	}
	return v.Original()
}

// vercelNode is the version of Node that package.json chooses on Vercel: the newest one there is that the range admits.
//
// Source: vercel/vercel, packages/build-utils/src/fs/node-version.ts.
func (f *finder) vercelNode(m *manifest) {
	engines := m.root.get("engines")
	value := engines.get("node")
	if !value.placed() {
		return
	}
	s := value.setting(Setting{Kind: RuntimeSetting, Platform: vercelNode.Platform, Name: "engines.node"}, engines.key("node"))
	s.Retired = retirement(vercelRetirements(), newestNode(s.Text))
	f.set(s)
}

// newestMajor is behind any version of Node that a range may ask for.
const newestMajor = 99

// versionNumber finds the versions that a range is written with.
var versionNumber = regexp.MustCompile(`\d+(\.\d+){0,2}`)

// newestNode is the newest major version of Node that a range admits; 0 if it cannot be told.
func newestNode(text string) int {
	admits, err := semver.NewConstraint(text)
	if err != nil {
		return 0
	}
	newest := 0
	try := func(version string) {
		if v, err := semver.NewVersion(version); err == nil && v.Major() <= newestMajor && admits.Check(v) {
			newest = max(newest, int(v.Major()))
		}
	}
	for major := range newestMajor + 1 {
		try(strconv.Itoa(major) + ".0.0")
		try(strconv.Itoa(major) + ".999.999")
	}
	for _, version := range versionNumber.FindAllString(text, -1) {
		try(version)
	}
	return newest
}
