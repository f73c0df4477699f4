package platform

import (
	"strings"
	"testing"

	"github.com/handlervet/handlervet/analyzers/contract"
	"golang.org/x/tools/txtar"
)

// TestRequiresESM: which runtimes load ES modules with require().
func TestRequiresESM(t *testing.T) {
	for _, test := range []struct {
		loading          Loading
		runtime, options string
		can, known       bool
	}{
		{plainLoading, "nodejs18", "", false, true},
		{plainLoading, "node 18.20.1", "", false, true},
		{plainLoading, "node ^20", "", true, true},
		{plainLoading, "nodejs22.x", "", true, true},
		{plainLoading, "node >=18", "", false, false},
		{plainLoading, "node 18 || 22", "", false, false},
		{plainLoading, "", "", false, false},
		{lambdaLoading, "nodejs24.x", "", false, true},
		{lambdaLoading, "nodejs24.x", "--enable-source-maps --experimental-require-module", true, true},
		{twilioLoading, "node22", "--experimental-require-module", false, true},
		{Loading{}, "nodejs22.x", "", false, false},
	} {
		h := contract.Handler{Loading: test.loading, Runtime: test.runtime, NodeOptions: test.options}
		if can, known := h.RequiresESM(); can != test.can || known != test.known {
			t.Errorf("%q %q: can %v, known %v", test.runtime, test.options, can, known)
		}
	}
}

// TestBundle: what bundles a handler, and what it leaves out.
func TestBundle(t *testing.T) {
	const service = "service: x\nprovider: { name: aws, runtime: nodejs20.x }\nfunctions:\n  a: { handler: a.handler }\n"
	const handler = "-- a.js --\nexports.handler = async (event) => ({ statusCode: 200 });\n"
	const netlify = "-- netlify/functions/a.js --\nexports.handler = async (event) => ({ statusCode: 200 });\n"
	for _, test := range []struct{ name, files, by, leaves string }{
		{"nothing", "-- serverless.yml --\n" + service + handler, "", ""},
		{"plug-in", "-- serverless.yml --\n" + service + "plugins: [serverless-esbuild]\ncustom: { esbuild: { external: ['@a/*', b] } }\n" + handler, "serverless-esbuild in serverless.yml", "@a/x b"},
		{"other plug-in", "-- serverless.yml --\n" + service + "plugins: [serverless-offline]\n" + handler, "", ""},
		{"build", "-- serverless.yml --\n" + service + "build: { esbuild: { external: [b] } }\n" + handler, "`build` in serverless.yml", "b"},
		{"TypeScript", "-- serverless.yml --\n" + service + strings.Replace(handler, "a.js", "a.ts", 1), "the Serverless Framework", ""},
		{"package.json", "-- package.json --\n{ \"scripts\": { \"build\": \"npx esbuild a.js --bundle\" } }\n-- serverless.yml --\n" + service + handler, "a script in package.json", ""},
		{"Netlify", "-- netlify.toml --\n[functions]\nnode_bundler = \"esbuild\"\nexternal_node_modules = [\"b\"]\n" + netlify, "`node_bundler` in netlify.toml", "b"},
		{"Netlify's CommonJS", "-- netlify.toml --\n" + netlify, "", ""},
		{"Netlify's ES modules", strings.Replace(netlify, "exports.handler", "export const handler", 1), "Netlify", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			project, err := Discover(newMemoryTree(txtar.Parse([]byte(test.files)).Files), Options{})
			if err != nil || len(project.Handlers) != 1 {
				t.Fatal(project.Handlers, err)
			}
			b := project.Handlers[0].Bundle
			if b == nil {
				b = &Bundle{}
			}
			if b.By != test.by {
				t.Errorf("bundled by %q, want %q", b.By, test.by)
			}
			for _, pkg := range strings.Fields("@a/x b c") {
				if left := strings.Contains(" "+test.leaves+" ", " "+pkg+" "); b.Leaves(pkg) != left {
					t.Errorf("leaves %s out: %v", pkg, !left)
				}
			}
		})
	}
}
