package promiseindex_test

import (
	"fmt"

	"github.com/handlervet/handlervet/analyzers/promiseindex"
)

// `require("twilio")(sid, token).messages.create({ … }, callback)`, with "twilio": "^5.0.0" in package.json.
func Example() {
	index := promiseindex.Embedded()
	module, err := index.Open("twilio", "^5.0.0")
	if err != nil {
		fmt.Println(err) // ErrUnknown: nothing is known, say nothing
		return
	}
	client := module.Require().Call(promiseindex.AnyArgument(), promiseindex.AnyArgument()).Value
	messages, _ := client.Member("messages")
	create, _ := messages.Member("create")
	result := create.Call(promiseindex.ObjectArgument("to", "body"), promiseindex.FunctionArgument())
	fmt.Println(result.Promise, result.Callback)
	// Output: true 1
}
