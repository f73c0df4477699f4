package modules

import (
	_ "embed"
	"strings"

	"github.com/Masterminds/semver/v3"
)

// esmOnly says of packages which versions require() cannot load everywhere; gen writes it.
//
//go:embed esmonly.txt
var esmOnly string

// history is a line of the table.
type history struct {
	last    string // the last version before the first change; "-" if there is none
	changes []change
}

// change is a version from which on a package is of another style.
type change struct {
	from  *semver.Version
	style Style
}

// historyOf looks a package up. It searches the text: whoever asks for nothing pays nothing.
func historyOf(pkg string) (h history, ok bool) {
	at := strings.Index(esmOnly, "\n"+pkg+" ")
	if at < 0 || pkg == "" {
		return h, false
	}
	line, _, _ := strings.Cut(esmOnly[at+1:], "\n")
	fields := strings.Fields(line)
	h.last = fields[1]
	for _, f := range fields[2:] {
		version, style, _ := strings.Cut(f, "=")
		v, err := semver.StrictNewVersion(version)
		if err != nil {
			return h, false
		}
		h.changes = append(h.changes, change{v, styleNamed(style)})
	}
	return h, len(h.changes) > 0
}

func styleNamed(name string) Style {
	for _, s := range []Style{CommonJS, ESModule, NotExported} {
		if s.String() == name {
			return s
		}
	}
	return Unseen
}

// at is the style of all versions that a range allows; Unseen if they differ.
func (h history) at(r interval) Style {
	now := CommonJS
	for i, c := range h.changes {
		if r.low.LessThan(c.from) {
			if r.high == nil || r.high.GreaterThan(c.from) {
				return h.mixed(now, r, i)
			}
			return now
		}
		now = c.style
	}
	return now
}

// mixed is the style of a range that reaches over changes: what none of its versions loads is at least no CommonJS.
func (h history) mixed(low Style, r interval, next int) Style {
	if low == CommonJS {
		return Unseen
	}
	for _, c := range h.changes[next:] {
		if r.high != nil && !r.high.GreaterThan(c.from) {
			break
		}
		if c.style == CommonJS {
			return Unseen
		}
	}
	return ESModule
}

// lastCommonJS is the newest version that require() loads everywhere; "" if there is none, or if the package went to and fro.
func (h history) lastCommonJS() string {
	for _, c := range h.changes {
		if c.style == CommonJS {
			return ""
		}
	}
	return strings.TrimPrefix(h.last, "-")
}
