package platform

// The ways of loading.
var (
	// twilioLoading: CommonJS only, and nothing but functions and assets is deployed, each in a place of its own.
	//
	// Sources: Functions FAQ ("Functions only support CJS"; ERR_REQUIRE_ESM of got and p-retry); twilio-labs/serverless-toolkit#279
	// (the vendor's plan for a linter: `require('./localFile')` works locally and breaks when deployed), runtime-handler,
	// internal/runtime.ts (getFunctions, getAssets: private assets alone). Node 22 could load ES modules; nobody says that it may.
	twilioLoading = Loading{
		RequireESM: Never, Because: "Twilio Functions load CommonJS alone",
		Failure: "Twilio answers every request with 500", OwnBuild: true,
		Alone:     "Twilio deploys each function by itself, so this works on your machine and fails when deployed: every request is answered with 500",
		Functions: "Runtime.getFunctions()['%s'].path", Assets: "Runtime.getAssets()['/%s'].path",
	}
	// lambdaLoading: Node is started with --no-experimental-require-module up to Node 24.
	//
	// Sources: docs.aws.amazon.com, lambda-nodejs; aws/aws-lambda-nodejs-runtime-interface-client#138; middyjs/middy#1288.
	lambdaLoading = Loading{
		RequireESM: Never, Because: "Lambda starts Node with --no-experimental-require-module", Switch: requireModule,
		Failure: "the function does not start, and every invocation fails", OwnBuild: true,
	}
	// netlifyLoading: as Lambda, which runs it.
	//
	// Source: netlify/build, zip-it-and-ship-it, bundlers/index.ts (CommonJS of the first version is not bundled).
	netlifyLoading = Loading{
		RequireESM: Never, Because: "Netlify runs functions on Lambda, which starts Node with --no-experimental-require-module", Switch: requireModule,
		Failure: "the function does not start, and every request fails",
	}
	// vercelLoading: as Lambda, and files with import statements that are no ES modules for Node are compiled to CommonJS.
	//
	// Sources: vercel/vercel, packages/node/src/build.ts ("Node.js functions are compiled from ESM to CommonJS"); vercel/vercel#11102.
	vercelLoading = Loading{
		RequireESM: Never, Because: "Vercel starts Node without require() of ES modules", Switch: requireModule,
		Failure: "the function does not start, and Vercel answers 500 FUNCTION_INVOCATION_FAILED", CompilesImports: true,
	}
	// plainLoading: nothing is known that makes Node differ from what its version does.
	plainLoading = Loading{
		RequireESM: ByNode, Because: "this version of Node cannot require() ES modules",
		Failure: "the function cannot be loaded", OwnBuild: true,
	}
)

// requireModule turns require() of ES modules on.
const requireModule = "--experimental-require-module"
