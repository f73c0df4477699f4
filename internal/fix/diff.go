package fix

import (
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// Diff is the change of one file as a unified diff for `git apply` and `patch -p1`.
// A file with CRLF ends its lines that way in the diff, too.
func Diff(file, before, after string) string {
	file = strings.TrimPrefix(file, "/")
	return udiff.Unified("a/"+file, "b/"+file, before, after)
}
