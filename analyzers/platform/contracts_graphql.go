package platform

import "github.com/handlervet/handlervet/analyzers/flow"

// graphqlResolver is a function that answers for one field of a GraphQL schema, under whichever host: what it returns or resolves
// to is the field's value, and an error becomes one of the answer's `errors`. The server answers when all fields have theirs.
//
// Source: graphql.org, learn/execution ("Asynchronous resolvers"); graphql/graphql-js 16, src/execution/execute.ts (executeField).
var graphqlResolver = &Contract{
	ID: "graphql.resolver", Platform: "GraphQL resolvers", Shape: "(parent, args, context, info)",
	Args:     []Role{RoleData, RoleData, RoleData, RoleData},
	ArgNames: []string{"parent", "args", "context", "info"},
	Protocol: flow.Protocol{Mode: flow.ReturnValue, RejectAnswers: true, ThrowAnswers: true},

	NoCompletion:         "the whole query hangs until the time limit of the host",
	NoCompletionSeverity: severe,
	Floating:             "the query's answer does not tell of it, and Node ends the process",
	FloatingSeverity:     severe,
	LostWork:             "a serverless host does not wait for it when the query is answered",
	LostWorkSeverity:     notable,

	Source: "https://graphql.org/learn/execution/",
}
