package goflow

import (
	"go/types"

	"github.com/handlervet/handlervet/analyzers/contract"
)

// longest is the only time limit that is known without the deployment files: no handler has more.
func longest(c *contract.Contract) contract.Budget {
	if c.MaxBudgetMS == 0 {
		return contract.Budget{}
	}
	return contract.Budget{MS: c.MaxBudgetMS, From: "the most that " + c.Platform + " allows"}
}

// gateways are what stands before a function that takes an event, in ms.
//
// Source: docs.aws.amazon.com, apigateway/latest/developerguide/http-api-quotas (30 s, not to be raised); REST APIs: 29 s unless
// it is raised (whats-new, 2024-06-04). HTTP APIs send events of REST APIs, too, if they are told to.
var gateways = map[string]contract.Budget{
	"APIGatewayV2HTTPRequest": {MS: 30_000, From: "API Gateway"},
	"APIGatewayProxyRequest":  {MS: 30_000, From: "API Gateway"},
}

// gatewayOf is the limit of what sends the events that a function takes.
func gatewayOf(sig *types.Signature) contract.Budget {
	if sig == nil {
		return contract.Budget{}
	}
	for p := range sig.Params().Variables() {
		for name, b := range gateways {
			if IsNamed(p.Type(), eventsPath, name) {
				return b
			}
		}
	}
	return contract.Budget{}
}
