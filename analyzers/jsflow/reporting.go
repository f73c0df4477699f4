package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// reportsErrors tells whether the promise that n gives, a call of v, holds what went wrong (`const { data, error } = await …`)
// and never rejects, unless it is asked to by `.throwOnError()`.
//
// Source: @supabase/postgrest-js 1.21, PostgrestBuilder.then (a failed fetch becomes the `error` of a response);
// storage-js and functions-js return { data, error } likewise, auth-js for every error of its own, of the network, too.
func (b *builder) reportsErrors(v value, n jsparse.Node) bool {
	return strings.HasPrefix(originOf(v), "@supabase/") && !strings.Contains(b.e.source(n), "throwOnError")
}
