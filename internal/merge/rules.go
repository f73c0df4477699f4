package merge

import "encoding/json"

// catalogue is the rules of all parts.
type catalogue struct {
	list  []any
	index map[string]int
}

// mergeRules puts the rules of all parts together, each once.
func mergeRules(parts []*part) *catalogue {
	c := &catalogue{list: []any{}, index: map[string]int{}}
	for _, p := range parts {
		for _, r := range list(driver(p.run)["rules"]) {
			id, _ := object(r)["id"].(string)
			if _, known := c.index[id]; !known {
				c.index[id] = len(c.list)
				c.list = append(c.list, r)
			}
		}
	}
	return c
}

func driver(run map[string]any) map[string]any { return object(object(run["tool"])["driver"]) }

// object is a value as an object; what is none has no members.
func object(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

// list is a value as a list; what is none is empty.
func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func text(v any) string {
	b, _ := json.Marshal(v) // it came out of JSON
	return string(b)
}
