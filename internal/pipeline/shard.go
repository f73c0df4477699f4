package pipeline

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// Shard is a part of a check that several machines do: part Index, from 1, of Count. The zero value is the whole.
//
// Handlers are split in their order into runs of the same length, so that neighbours, which share helpers, stay
// together; a Go module goes to one shard, because its packages are understood together; deployment files are the last
// one's. What shards say about a file that several of them reach, internal/merge makes one.
type Shard struct{ Index, Count int }

// ParseShard reads "i/n".
func ParseShard(text string) (Shard, error) {
	i, n, _ := strings.Cut(text, "/")
	index, err := strconv.Atoi(i)
	count, err2 := strconv.Atoi(n)
	if err != nil || err2 != nil || index < 1 || index > count {
		return Shard{}, fmt.Errorf("`%s` is not a shard; expected i/n with i from 1 to n, for example 2/4", text)
	}
	return Shard{index, count}, nil
}

// String is the shard as ParseShard reads it; "" for the whole.
func (s Shard) String() string {
	if s.Count == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Count)
}

// part is the shard's share of n things in order: from is its first, to the one behind its last.
func (s Shard) part(n int) (from, to int) {
	if s.Count == 0 {
		return 0, n
	}
	return (s.Index - 1) * n / s.Count, s.Index * n / s.Count
}

// last tells whether it falls to this shard to tell what only one may.
func (s Shard) last() bool { return s.Index == s.Count }

// share is the shard's part of a list.
func share[T any](s Shard, list []T) []T {
	from, to := s.part(len(list))
	return list[from:to]
}

// Used are the places of the suppressions that allowed something: in a shard, one that seems unused may be used in another.
func (out *Outcome) Used() []flow.Range { return out.used }
