package platform

import (
	"regexp"
	"strconv"
)

// nodeMajor is the first number of `nodejs20.x`, `node22`, `>=18`, `v20.11.1`, ….
var nodeNumber = regexp.MustCompile(`\d+`)

// nodeMajor is the major version that a runtime or version string names; 0 if it names none.
func nodeMajor(runtime string) int {
	n, _ := strconv.Atoi(nodeNumber.FindString(runtime))
	return n
}

// lastCallbackNode is the last major version of Node whose Lambda runtime has callbacks.
const lastCallbackNode = 22

// canonicalNode is Lambda's name of a version: `nodejs24.x`.
func canonicalNode(runtime string) string {
	if n := nodeMajor(runtime); n > 0 {
		return "nodejs" + strconv.Itoa(n) + ".x"
	}
	return runtime
}
