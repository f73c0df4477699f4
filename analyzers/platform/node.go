package platform

import (
	"regexp"
	"strconv"
	"strings"
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

// nodeAsked is the runtime that package.json, .nvmrc or .node-version ask for, if that is one major version as far as the contracts
// go: `>=18` may be any.
func (f *finder) nodeAsked(file string) string {
	major := 0
	for choice := range strings.SplitSeq(strings.TrimPrefix(f.nodeOf(file), "node "), "||") {
		n := rangeMajor(choice)
		if n == 0 || major != 0 && (n > lastCallbackNode) != (major > lastCallbackNode) {
			return ""
		}
		major = max(major, n)
	}
	return canonicalNode(strconv.Itoa(major))
}

// rangeMajor is the highest major version of a range like `^20`, `22.x` or `>=16 <21`; of an open one the lowest if no older
// contract is possible; 0 if it cannot be told.
func rangeMajor(text string) int {
	lowest := nodeMajor(text)
	if _, rest, ok := strings.Cut(text, "<"); ok {
		highest := nodeMajor(rest)
		if !strings.HasPrefix(rest, "=") {
			highest--
		}
		if lowest <= lastCallbackNode && highest > lastCallbackNode {
			return 0
		}
		return max(highest, 0)
	}
	if strings.Contains(text, ">") && lowest <= lastCallbackNode {
		return 0
	}
	return lowest
}
