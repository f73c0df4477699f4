package platform

import "slices"

// lambdaRetirements are Lambda's versions of Node that it gives up, the oldest first. Older ones than the first have gone before it.
//
// Source: docs.aws.amazon.com, lambda/latest/dg/lambda-nodejs (deprecation, block of creation, block of update).
func lambdaRetirements() []Retirement {
	const (
		unpatched = "Lambda no longer patches"
		uncreated = "Lambda creates no new functions with"
		unchanged = "Lambda neither creates nor updates functions with"
	)
	return []Retirement{
		{Runtime: "nodejs20.x", Successor: "nodejs22.x", Stages: []Stage{
			{Date: "2026-04-30", What: unpatched, Severity: notable}, {Date: "2026-08-31", What: uncreated, Severity: notable}, {Date: "2026-09-30", What: unchanged, Severity: severe},
		}},
		{Runtime: "nodejs22.x", Successor: "nodejs24.x", Stages: []Stage{
			{Date: "2027-04-30", What: unpatched, Severity: notable}, {Date: "2027-06-01", What: uncreated, Severity: notable}, {Date: "2027-07-01", What: unchanged, Severity: severe},
		}},
		{Runtime: "nodejs24.x", Stages: []Stage{
			{Date: "2028-04-30", What: unpatched, Severity: notable}, {Date: "2028-06-01", What: uncreated, Severity: notable}, {Date: "2028-07-01", What: unchanged, Severity: severe},
		}},
	}
}

// twilioRetirements are Twilio's.
//
// Source: twilio.com, changelog (Node 18 removed on 2025-11-10: deploys fail); Functions FAQ (node20 "available until June 11, 2026";
// node22 is the default since 2025-06-01).
func twilioRetirements() []Retirement {
	return []Retirement{
		{Runtime: "node18", Successor: "node22", Stages: []Stage{{Date: "2025-11-10", What: "Twilio refuses to deploy", Severity: severe}}},
		{Runtime: "node20", Successor: "node22", Stages: []Stage{{Date: "2026-06-11", What: "Twilio no longer offers", Severity: severe}}},
	}
}

// vercelRetirements are Vercel's. A build with one of them fails.
//
// Source: vercel/vercel, packages/build-utils/src/fs/node-version.ts (discontinueDate, as of 2026-08-03).
func vercelRetirements() []Retirement {
	return []Retirement{
		{Runtime: "18.x", Successor: "22.x", Stages: []Stage{{Date: "2025-09-01", What: "Vercel refuses to build with", Severity: severe}}},
		{Runtime: "20.x", Successor: "22.x", Stages: []Stage{{Date: "2026-10-01", What: "Vercel refuses to build with", Severity: severe}}},
	}
}

// retirement is the first one that holds for a major version of Node, nil if there is none or none of its dates has come.
func retirement(of []Retirement, major int) *Retirement {
	i := slices.IndexFunc(of, func(r Retirement) bool { return major > 0 && major <= nodeMajor(r.Runtime) })
	if i < 0 || of[i].Reached() == nil {
		return nil
	}
	return &of[i]
}
