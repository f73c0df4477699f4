package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// cutLog is a log of n results, every third an error, each with a path of so many steps.
func cutLog(n, steps int) map[string]any {
	var results []any
	for i := range n {
		var path []any
		for s := range steps {
			path = append(path, map[string]any{"executionOrder": s})
		}
		results = append(results, map[string]any{
			"level": []string{"note", "warning", "error"}[i%3], "ruleId": fmt.Sprint(i),
			"codeFlows": []any{map[string]any{"threadFlows": []any{map[string]any{"locations": path}}}},
		})
	}
	return map[string]any{"runs": []any{map[string]any{"results": results, "invocations": []any{map[string]any{"executionSuccessful": true}}}}}
}

func TestLimits(t *testing.T) {
	wide := limits{results: 100, steps: 100, bytes: 1 << 20}
	for name, c := range map[string]struct {
		limits limits
		want   string // the rules that are left
		note   string
	}{
		"all":     {wide, "0 1 2 3 4 5 6", ""},
		"results": {limits{results: 3, steps: 100, bytes: 1 << 20}, "1 2 5", "the 3 most severe of 7 "},
		"steps":   {limits{results: 100, steps: 2, bytes: 1 << 20}, "0 1 2 3 4 5 6", ""},
	} {
		var b bytes.Buffer
		if err := encodeWithin(&b, cutLog(7, 5), c.limits); err != nil {
			t.Fatal(err)
		}
		rules, steps := cutResult(t, b.Bytes())
		if rules != c.want || steps != min(5, c.limits.steps) || strings.Contains(b.String(), "report is cut") != (c.note != "") || !strings.Contains(b.String(), c.note) {
			t.Errorf("%s: rules %s, %d steps\n%s", name, rules, steps, b.String())
		}
	}
}

func TestBytesLimit(t *testing.T) {
	const most = 2000
	var b bytes.Buffer
	if err := encodeWithin(&b, cutLog(400, 20), limits{results: 1000, steps: 100, bytes: most}); err != nil {
		t.Fatal(err)
	}
	rules, _ := cutResult(t, b.Bytes())
	if n := len(strings.Fields(rules)); n < 2 || n >= 400 || compressed(b.Bytes()) > most {
		t.Errorf("%d of 400 results in %d bytes compressed, at most %d", n, compressed(b.Bytes()), most)
	}
	if n := strings.Count(b.String(), "report is cut"); n != 1 {
		t.Errorf("the cut is told %d times", n)
	}
}

// cutResult is the rules of a log's results, and how many steps the first has.
func cutResult(t *testing.T, text []byte) (rules string, steps int) {
	t.Helper()
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID    string
				CodeFlows []struct{ ThreadFlows []struct{ Locations []any } }
			}
		}
	}
	if err := json.Unmarshal(text, &log); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range log.Runs[0].Results {
		names = append(names, r.RuleID)
		steps = len(r.CodeFlows[0].ThreadFlows[0].Locations)
	}
	return strings.Join(names, " "), steps
}
