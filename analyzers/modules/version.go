package modules

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/Masterminds/semver/v3"
)

// interval is the versions that a range of npm allows: from low (included) to high (excluded; nil is no bound).
type interval struct{ low, high *semver.Version }

// comparator is one part of a range: `^1.2`, `>=3`, `4.x`.
var comparator = regexp.MustCompile(`^(\^|~>?|>=|<=|>|<|=)?v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(-[0-9A-Za-z.-]+)?(?:\+\S*)?$`)

// rangeOf reads a range. It is false for what says nothing of versions: tags, addresses, `workspace:*`.
func rangeOf(text string) (whole interval, ok bool) {
	text = strings.TrimPrefix(text, "workspace:")
	for i, part := range strings.Split(text, "||") {
		one, ok := allOf(part)
		if !ok {
			return interval{}, false
		}
		if i == 0 {
			whole = one
			continue
		}
		if one.low.LessThan(whole.low) {
			whole.low = one.low
		}
		if one.high == nil || whole.high != nil && one.high.GreaterThan(whole.high) {
			whole.high = one.high
		}
	}
	return whole, true
}

var (
	hyphen   = regexp.MustCompile(`(\S+)\s+-\s+(\S+)`)
	spacious = regexp.MustCompile(`([\^~<>=])\s+`)
)

// allOf is what meets all comparators of one alternative.
func allOf(text string) (interval, bool) {
	text = hyphen.ReplaceAllString(strings.TrimSpace(text), ">=$1 <=$2")
	text = spacious.ReplaceAllString(text, "$1")
	out := interval{low: semver.New(0, 0, 0, "", "")}
	parts := strings.Fields(text)
	for _, part := range parts {
		one, ok := compared(part)
		if !ok {
			return interval{}, false
		}
		if one.low.GreaterThan(out.low) {
			out.low = one.low
		}
		if out.high == nil || one.high != nil && one.high.LessThan(out.high) {
			out.high = one.high
		}
	}
	return out, true
}

// compared is what one comparator allows; missing numbers are zero in a lower bound.
func compared(text string) (interval, bool) {
	m := comparator.FindStringSubmatch(text)
	if m == nil {
		return interval{}, false
	}
	var n [3]uint64
	given := 0
	for i := range n {
		if m[2+i] == "" || strings.ContainsAny(m[2+i], "xX*") {
			break
		}
		v, err := strconv.ParseUint(m[2+i], 10, 32)
		if err != nil {
			return interval{}, false
		}
		n[i], given = v, i+1
	}
	at := semver.New(n[0], n[1], n[2], strings.TrimPrefix(m[5], "-"), "")
	zero := semver.New(0, 0, 0, "", "")
	switch op := m[1]; {
	case given == 0:
		return interval{zero, nil}, true
	case op == ">=" || op == ">":
		return interval{at, nil}, true
	case op == "<":
		return interval{zero, at}, true
	case op == "<=":
		return interval{zero, behind(n, given)}, true
	case op == "^":
		return interval{at, behind(n, caret(n, given))}, true
	case strings.HasPrefix(op, "~"):
		return interval{at, behind(n, min(given, 2))}, true
	}
	return interval{at, behind(n, given)}, true
}

// caret is how many numbers `^` holds: up to the first that is not zero.
func caret(n [3]uint64, given int) int {
	for i := range given {
		if n[i] > 0 {
			return i + 1
		}
	}
	return given
}

// behind is the first version behind all those that begin with the first `keep` numbers of n.
func behind(n [3]uint64, keep int) *semver.Version {
	for i := keep; i < 3; i++ {
		n[i] = 0
	}
	n[keep-1]++
	return semver.New(n[0], n[1], n[2], "", "")
}
