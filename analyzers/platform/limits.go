package platform

// Limits of settings, with their sources. Rules read them through Setting.Bounds and Setting.Outer.

// How large an answer may be.
//
// Source: Twilio's Functions FAQ (4 MB); docs.aws.amazon.com, lambda/latest/dg/gettingstarted-limits (6 MB, not for streams);
// vercel.com, docs/functions/limitations (4.5 MB, not for streams); docs.netlify.com, build/functions/configuration (6 MB, not for
// streams).
const (
	twilioResponseBytes  = 4 << 20
	lambdaResponseBytes  = 6 << 20
	vercelResponseBytes  = vercelBodyBytes
	netlifyResponseBytes = 6 << 20
)

// lambdaBounds are those of a function's time limit.
//
// Source: docs.aws.amazon.com, lambda/latest/dg/gettingstarted-limits (900 s; 90 min only for Lambda Managed Instances);
// serverless/serverless, provider.js (1 to 900).
var lambdaBounds = Bounds{
	Min: 1_000, Max: 900_000, Unit: 1000,
	Refusal: "Lambda refuses to create or update the function",
}

// The gateways in front of Lambda.
//
// Source: docs.aws.amazon.com, apigateway/latest/developerguide/http-api-quotas (30 s, not to be raised); REST APIs: 29 s, to be
// raised for Regional and private APIs (whats-new, 2024-06-04).
const (
	restGatewayMS = 29_000
	httpGatewayMS = 30_000
)

// gatewayGivesUp is what API Gateway does.
const gatewayGivesUp = "API Gateway answers 504 while the function goes on, and nobody gets its answer"

// restBounds and httpBounds are those of the gateway's own limit where a template sets one.
//
// Source: aws/serverless-application-model, samtranslator/internal/schema_source/sam-docs.json (TimeoutInMillis, 50 to 29,000);
// the quota of REST APIs can be raised, so no upper bound is held against them.
var (
	restBounds = Bounds{Min: 50, Unit: 1, Refusal: "API Gateway refuses it"}
	httpBounds = Bounds{Min: 50, Max: httpGatewayMS, Unit: 1, Refusal: "API Gateway refuses it"}
)

// Queues in front of Lambda.
//
// Source: docs.aws.amazon.com, lambda/latest/dg/services-sqs-configure (a function's limit above the queue's visibility timeout is
// rejected when the mapping is created or updated; six times the limit is advised); AWSSimpleQueueService, API ChangeMessageVisibility
// (30 s is the default).
const (
	visibilityDefaultMS = 30_000
	visibilityAdvised   = 6
	queueRefuses        = "Lambda refuses to create or update the event source mapping"
)

// vercelBounds are those of maxDuration that hold on every plan.
//
// Source: vercel/vercel, packages/build-utils/src/max-duration.ts (DEFAULT_MAX_DURATION_LIMIT = 1800, "max"). What each plan allows
// below that depends on the plan and on settings outside the project.
var vercelBounds = Bounds{
	Min: 1_000, Max: 1_800_000, Unit: 1000, Whole: true, Words: []string{"max"},
	Refusal: "Vercel's build fails",
}

// vercelMaxDurationUnread is why a bare `export const maxDuration` does nothing below api/.
//
// Source: vercel/vercel, packages/static-config/src/index.ts (only `export const config = { … }`).
const vercelMaxDurationUnread = "below `api/`, Vercel reads nothing but `export const config = { maxDuration }`"

// cloudflareBounds are those of `limits.cpu_ms`.
//
// Source: developers.cloudflare.com, workers/platform/limits; changelog 2025-03-25-higher-cpu-limits (5 min at most).
var cloudflareBounds = Bounds{Min: 1, Max: 300_000, Unit: 1, Refusal: "Cloudflare refuses to deploy it"}

// googleHTTPBounds and googleEventBounds are those of a function's time limit, in its longest form.
//
// Source: cloud.google.com, functions/docs/configuring/timeout (HTTP 3600 s, events 540 s); 1st generation: 540 s.
var (
	googleHTTPBounds  = Bounds{Min: 1_000, Max: 3_600_000, Unit: 1000, Refusal: "Google refuses to deploy the function"}
	googleEventBounds = Bounds{Min: 1_000, Max: 540_000, Unit: 1000, Refusal: "Google refuses to deploy the function"}
)

// azureOutlives is what happens to an HTTP caller.
//
// Source: learn.microsoft.com, azure-functions/functions-scale (230 s because of the load balancer, whatever functionTimeout says).
const azureOutlives = "Azure's load balancer closes the connection while the function goes on, and nobody gets its answer"
