package modules

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// ordered is a JSON value whose keys keep their order: in `exports`, the first condition that holds wins.
type ordered struct {
	text   string
	keys   []string
	values []ordered
	list   bool
	object bool
}

// maxNesting bounds how deep conditions nest.
const maxNesting = 32

// readOrdered reads a JSON value; a zero one is null, or what cannot be read.
func readOrdered(text json.RawMessage) ordered {
	d := json.NewDecoder(bytes.NewReader(text))
	t, ok := nextOrdered(d, 0)
	if !ok {
		return ordered{}
	}
	return t
}

func nextOrdered(d *json.Decoder, depth int) (t ordered, ok bool) {
	token, err := d.Token()
	if err != nil || depth > maxNesting {
		return t, false
	}
	switch v := token.(type) {
	case string:
		t.text = v
	case json.Delim:
		t.list, t.object = v == '[', v == '{'
		for d.More() {
			if t.object {
				key, err := d.Token()
				name, isName := key.(string)
				if err != nil || !isName {
					return t, false
				}
				t.keys = append(t.keys, name)
			}
			value, ok := nextOrdered(d, depth+1)
			if !ok {
				return t, false
			}
			t.values = append(t.values, value)
		}
		if _, err := d.Token(); err != nil {
			return t, false
		}
	}
	return t, true
}

// exported finds the file that `exports` gives for a subpath (`.` or `./x`), with the conditions that hold; "" if it gives none.
//
// Source: nodejs.org, api/esm, "Resolution algorithm specification" (PACKAGE_EXPORTS_RESOLVE, PACKAGE_TARGET_RESOLVE).
func exported(exports ordered, subpath string, conditions []string) string {
	if !exports.object || len(exports.keys) == 0 || !strings.HasPrefix(exports.keys[0], ".") {
		if subpath != "." {
			return ""
		}
		file, _ := exports.target("", conditions)
		return file
	}
	best, star := -1, ""
	for i, key := range exports.keys {
		if key == subpath {
			best, star = i, ""
			break
		}
		before, after, isPattern := strings.Cut(key, "*")
		if !isPattern || len(subpath) < len(key) || !strings.HasPrefix(subpath, before) || !strings.HasSuffix(subpath, after) {
			continue
		}
		if best < 0 || len(before) > strings.Index(exports.keys[best], "*") {
			best, star = i, subpath[len(before):len(subpath)-len(after)]
		}
	}
	if best < 0 {
		return ""
	}
	file, _ := exports.values[best].target(star, conditions)
	return file
}

// target is the file that a value of `exports` stands for. An empty one that is settled is null: it ends the search for a condition
// that holds, where an object without such a condition lets it go on.
func (t *ordered) target(star string, conditions []string) (file string, settled bool) {
	switch {
	case t.object:
		for i, key := range t.keys {
			if !slices.Contains(conditions, key) {
				continue
			}
			if file, settled := t.values[i].target(star, conditions); settled {
				return file, true
			}
		}
		return "", false
	case t.list:
		for i := range t.values {
			one, ok := t.values[i].target(star, conditions)
			settled = settled || ok
			if one != "" {
				return one, true
			}
		}
		return "", settled
	case strings.HasPrefix(t.text, "./"):
		return strings.ReplaceAll(t.text, "*", star), true
	}
	return "", true
}
