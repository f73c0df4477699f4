// Package oracle holds the contracts against the vendors' own runtimes. It is
// no step of the way but a test of three of them: small handlers run under the
// real thing from npm, in Node, and what becomes of them is compared with what
// the solver and the sandbox say under the handler's contract.
//
// install.sh gets the runtimes, in pinned versions. testdata/ holds the
// handlers, one archive a runtime, each with what must become of it.
package oracle
