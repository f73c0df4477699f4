package merge

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"

	"github.com/handlervet/handlervet/internal/report"
	"github.com/handlervet/handlervet/internal/suppress"
)

// result is a result with what it is compared by.
type result struct {
	document    map[string]any
	rule, level string
	file        string
	region      [4]int // start line and column, end line and column
	message     string
	suppressed  bool
	first       string // the fingerprint of the first finding that is alike
}

// place names what a result is about: findings of several shards about the same place are one.
type place struct {
	rule, file string
	region     [4]int
	suppressed bool
}

func (r *result) place() place { return place{r.rule, r.file, r.region, r.suppressed} }

// collect puts the results of all parts together, in the order of a report.
func collect(parts []*part, rules *catalogue) []*result {
	used := map[place]bool{}
	for _, p := range parts {
		for _, x := range p.used {
			at := place{rule: suppress.Unused}
			at.file, at.region = physical(object(x))
			used[at] = true
		}
	}
	var all []*result
	seen := map[place]bool{}
	for _, p := range parts {
		var own []*result
		for _, r := range p.results() {
			if !seen[r.place()] && !used[r.place()] {
				own = append(own, r)
			}
		}
		for _, r := range own { // one report may say two things about one place
			seen[r.place()] = true
			r.document["ruleIndex"] = rules.index[r.rule]
		}
		all = append(all, own...)
	}
	slices.SortStableFunc(all, compare)
	number(all)
	return all
}

func compare(a, b *result) int {
	if a.suppressed != b.suppressed {
		if a.suppressed {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(a.file, b.file), slices.Compare(a.region[:], b.region[:]), cmp.Compare(a.rule, b.rule), cmp.Compare(a.message, b.message))
}

// results reads the results of a part, and finds out which of them are alike: their fingerprints are made of that of the first.
func (p *part) results() []*result {
	var all []*result
	firsts := map[string]string{}
	alike := map[string]int{}
	for _, x := range list(p.run["results"]) {
		doc := object(x)
		if doc == nil {
			continue // not ours
		}
		r := newResult(doc)
		own, _ := object(r.document["partialFingerprints"])[report.FingerprintName].(string)
		r.first = own
		if first, ok := firsts[own]; ok {
			r.first = first
		}
		alike[r.first]++
		firsts[report.Alike(r.first, alike[r.first])] = r.first // this is what another one like it is called
		all = append(all, r)
	}
	return all
}

// number gives the results the fingerprints that one check would have given them.
func number(all []*result) {
	alike := map[place]map[string]int{{}: {}, {suppressed: true}: {}}
	for _, r := range all {
		if r.first == "" {
			continue
		}
		seen := alike[place{suppressed: r.suppressed}]
		object(r.document["partialFingerprints"])[report.FingerprintName] = report.Alike(r.first, seen[r.first])
		seen[r.first]++
	}
}

func newResult(doc map[string]any) *result {
	r := &result{document: doc}
	r.rule, _ = doc["ruleId"].(string)
	r.level, _ = doc["level"].(string)
	r.message, _ = object(doc["message"])["text"].(string)
	r.suppressed = len(list(doc["suppressions"])) > 0
	if at := list(doc["locations"]); len(at) > 0 {
		r.file, r.region = physical(object(object(at[0])["physicalLocation"]))
	}
	return r
}

// physical is the place that a physicalLocation names.
func physical(at map[string]any) (file string, region [4]int) {
	file, _ = object(at["artifactLocation"])["uri"].(string)
	if name, err := url.PathUnescape(file); err == nil {
		file = name
	}
	r := object(at["region"])
	for i, field := range []string{"startLine", "startColumn", "endLine", "endColumn"} {
		n, _ := r[field].(json.Number)
		region[i], _ = strconv.Atoi(n.String())
	}
	return file, region
}

func documents(all []*result) []any {
	docs := make([]any, len(all))
	for i, r := range all {
		docs[i] = r.document
	}
	return docs
}
