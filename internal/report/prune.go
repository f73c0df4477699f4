package report

import "encoding/json"

// prune takes away what go-sarif writes for fields that are not set: -1, null,
// empty lists and objects. Lists that SARIF demands stay, empty or not.
func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, x := range v {
			if x = prune(x); unset(x) && name != "results" && name != "rules" {
				delete(v, name)
			} else {
				v[name] = x
			}
		}
	case []any:
		for i := range v {
			v[i] = prune(v[i])
		}
	}
	return v
}

func unset(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case json.Number:
		return v == "-1"
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}
