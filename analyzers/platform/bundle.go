package platform

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// loading fills in how a handler's file is loaded, and what bundles it.
func (f *finder) loading(s *source, h *Handler) {
	if h.Contract == nil {
		return
	}
	if h.Loading.RequireESM == Unasked {
		h.Loading = h.Contract.Loading
	}
	if h.Bundle != nil || h.Loading.RequireESM == Unasked {
		return
	}
	switch {
	case h.Contract.Loading == netlifyLoading:
		h.Bundle = f.netlifyBundled(s)
	case h.Loading.OwnBuild:
		h.Bundle = f.ownBundle(h.File)
	}
}

// ownBundlers are packages that bundle, for themselves or as part of a framework that deploys functions.
func ownBundlers() []string {
	return []string{
		"esbuild", "webpack", "rollup", "rolldown", "parcel", "@vercel/ncc", "tsup", "tsdown", "vite", "unbuild", "microbundle",
		"aws-cdk-lib", "aws-cdk", "@aws-cdk/core", "@aws-cdk/aws-lambda-nodejs", "sst", "@serverless-stack/cli", "@serverless-stack/resources",
		"serverless-esbuild", "serverless-webpack", "serverless-bundle", "@redwoodjs/core", "nx", "@nrwl/cli", "@pulumi/aws",
	}
}

// bundling are commands that bundle without a package of their own in the list.
var bundling = regexp.MustCompile(`\b(?:esbuild|webpack|rollup|parcel build|ncc build|bun build|tsup|cdk)\b`)

// ownBundle is a bundler that a package.json around a file names: what is deployed may be what it made.
func (f *finder) ownBundle(file string) *Bundle {
	for dir := range ancestors(file) {
		fo := f.folders[dir]
		if fo == nil || fo.pkg == nil {
			continue
		}
		for _, name := range ownBundlers() {
			if fo.pkg.has(name) {
				return &Bundle{By: name + " in " + join(dir, "package.json")}
			}
		}
		if fo.pkg.bundles() {
			return &Bundle{By: "a script in " + join(dir, "package.json")}
		}
	}
	return nil
}

// netlifyBundled: files of TypeScript and ES modules are bundled, and CommonJS is if netlify.toml asks for it.
//
// Source: netlify/build, zip-it-and-ship-it, src/runtimes/node/bundlers/index.ts.
func (f *finder) netlifyBundled(s *source) *Bundle {
	_, fo := f.above(s.path, func(fo *folder) bool { return fo.netlify != "" })
	switch {
	case fo != nil && fo.bundle != nil:
		return fo.bundle
	case s.file.ESModule || slices.Contains([]string{".ts", ".mts", ".cts", ".tsx", ".mjs"}, path.Ext(s.path)):
		return &Bundle{By: "Netlify"}
	}
	if m, dir := f.manifestOf(s.path); m != nil && strings.Contains(m.text, "netlify-lambda") {
		return &Bundle{By: "netlify-lambda in " + join(dir, "package.json")}
	}
	return nil
}

// netlifyBundle is what `node_bundler` of netlify.toml asks for; `zisi` does not bundle.
func netlifyBundle(root *conf) *Bundle {
	sections := []*conf{root.get("functions")}
	for _, e := range root.get("functions").entries() {
		sections = append(sections, e.value)
	}
	var b *Bundle
	var external []string
	for _, c := range sections {
		switch c.get("node_bundler").str() {
		case "esbuild", "nft":
			b = &Bundle{By: "`node_bundler` in netlify.toml"}
		}
		external = append(external, texts(c.get("external_node_modules"))...)
	}
	if b != nil {
		b.External = external
	}
	return b
}

// bundle is what bundles the functions of a service: a plug-in, or `build`.
//
// Sources: floydspace/serverless-esbuild and serverless-heaven/serverless-webpack, README; serverless.com, docs/providers/aws/guide/building.
func (s *service) bundle(handler string) *Bundle {
	for _, name := range texts(s.resolve(s.root.get("plugins"))) {
		if strings.Contains(name, "esbuild") || strings.Contains(name, "webpack") || strings.Contains(name, "bundle") || strings.Contains(name, "parcel") ||
			strings.Contains(name, "rollup") || strings.Contains(name, "optimize") {
			return &Bundle{By: name + " in " + s.file, External: texts(s.resolve(s.root.get("custom", "esbuild")).get("external"))}
		}
	}
	build := s.resolve(s.root.get("build"))
	switch {
	case build != nil && build.str() != "false":
		return &Bundle{By: "`build` in " + s.file, External: texts(build.get("esbuild", "external"))}
	case path.Ext(handler) != ".js" && path.Ext(handler) != ".cjs" && path.Ext(handler) != ".mjs":
		return &Bundle{By: "the Serverless Framework"} // version 4 bundles TypeScript
	}
	return nil
}

// templateBundle is what builds a function of a SAM template by itself.
//
// Source: docs.aws.amazon.com, serverless-sam-cli-using-build-typescript (BuildMethod, BuildProperties.External).
func templateBundle(resource *conf) *Bundle {
	method := resource.get("Metadata", "BuildMethod").str()
	if method == "" || strings.HasPrefix(method, "nodejs") {
		return nil
	}
	return &Bundle{By: "`BuildMethod: " + method + "`", External: texts(resource.get("Metadata", "BuildProperties", "External"))}
}

// texts are the scalars of a list.
func texts(c *conf) []string {
	var out []string
	for _, item := range c.items() {
		out = append(out, item.str())
	}
	return out
}
