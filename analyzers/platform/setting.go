package platform

import (
	"regexp"
)

// between is what may stand between a key and a value of its own: no anchor, no tag, no comment.
var between = regexp.MustCompile(`^["']?\s*[:=]\s*["']?$`)

// editable tells whether a value stands beside its key.
func editable(key, value *conf) bool {
	if key == nil || value == nil || key.source != value.source || value.tag != "" || !value.scalar || key.end > value.start {
		return false
	}
	return value.end > value.start && between.Match(value.source.text[key.end:value.start])
}

// setting is a value as a setting, in its place.
func (c *conf) setting(s Setting, key *conf) Setting {
	s.Text, s.Place = c.text, c.place()
	s.Editable = editable(key, c) && string(c.source.text[c.start:c.end]) == c.text // no escapes
	return s
}

// inMS are whole seconds in ms; numbers that no platform knows stay what they are: too large or too small.
func inMS(seconds int) int {
	const most = 1 << 40
	return max(-most, min(seconds, most)) * 1000
}

// placed tells whether a value stands in a file: a default of a variable does not.
func (c *conf) placed() bool { return c != nil && c.scalar && c.tag == "" && c.end > c.start }

// set adds a setting to the project.
func (f *finder) set(s Setting) { f.project.Settings = append(f.project.Settings, s) }
