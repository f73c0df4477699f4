package platform

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// firebaseTrigger knows the triggers of both generations by how their names are made: `firestore.document(path).onCreate(fn)`,
// `pubsub.schedule(when).onRun(fn)`, `onDocumentCreated(path, fn)`, `onCall(options, fn)`, `beforeUserCreated(fn)`.
//
// Source: firebase/firebase-functions, src/v1/providers and src/v2/providers.
func (f *finder) firebaseTrigger(s *source, name string, call *jsparse.Call) []*Handler {
	trigger := name[strings.LastIndexByte(name, '.')+1:]
	if len(call.Args) == 0 || !isTrigger(trigger) {
		return nil
	}
	contract := firebaseEvent
	if trigger == "onCall" || trigger == "onCallGenkit" {
		contract = firebaseCall
	}
	entry := entryOf(call.Args[len(call.Args)-1])
	if sh := f.shapeOf(s, entry); sh.fn == nil {
		return nil
	}
	return []*Handler{f.firebaseHandler(s, call, entry, contract, trigger)}
}

// isTrigger tells the functions that take a handler; onInit takes what runs before there is one.
func isTrigger(name string) bool {
	rest, is := strings.CutPrefix(name, "on")
	if !is {
		rest, is = strings.CutPrefix(name, "before")
	}
	return is && rest != "" && rest[0] >= 'A' && rest[0] <= 'Z' && name != "onInit"
}

// firebaseHandler is a handler that is registered with one of Firebase's functions, under the name that exports it.
func (f *finder) firebaseHandler(s *source, call *jsparse.Call, entry Entry, contract *Contract, trigger string) *Handler {
	name := trigger
	for _, e := range s.exports {
		if e.entry.Expr == jsparse.Expr(call) {
			name = e.name
		}
	}
	entry.Call = call
	h := s.found(name, entry, contract, "registered with Firebase's "+trigger)
	h.HTTP, h.Runtime = contract != firebaseEvent, f.nodeOf(s.path)
	if x := timeoutSeconds(s, call); x != nil {
		at := x.Span()
		h.Budget = Budget{MS: seconds(text(x)), From: "`timeoutSeconds` in " + s.path, Place: Place{File: s.path, Start: at.Start, End: at.End, Line: lineAt(s.file.Text, at.Start)}}
	}
	if by := f.firebaseElsewhere(s); h.Budget == (Budget{}) && by != "" {
		h.Budget = Budget{From: unknownBudget + by + " may set it"}
	}
	return h.withDefaults()
}

// firebaseElsewhere is what may set options of all functions, apart from their registrations; "" if nothing is there.
//
// Source: firebase.google.com, docs/functions/manage-functions (setGlobalOptions) and docs/extensions/reference/extension-yaml.
func (f *finder) firebaseElsewhere(s *source) string {
	if strings.Contains(s.file.Text, "setGlobalOptions(") {
		return "`setGlobalOptions()`"
	}
	for dir := range ancestors(s.path) {
		if f.listed[join(dir, "extension.yaml")] {
			return join(dir, "extension.yaml")
		}
	}
	return ""
}
