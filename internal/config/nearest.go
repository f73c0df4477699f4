package config

import "strings"

// Nearest is the candidate that a mistyped name most likely meant, or "".
func Nearest(name string, candidates []string) string {
	name = strings.ToLower(strings.ReplaceAll(name, "_", "-"))
	if name == "" || len(name) > 64 {
		return ""
	}
	best, least := "", 1+max(1, len(name)/3)
	for _, c := range candidates {
		d := distance(name, c)
		if d < least {
			best, least = c, d
		}
	}
	if best == "" {
		return containing(name, candidates)
	}
	return best
}

// containing is the only candidate that contains name, or is contained in it.
func containing(name string, candidates []string) string {
	found := ""
	for _, c := range candidates {
		if len(name) < 4 || !strings.Contains(c, name) && !strings.Contains(name, c) {
			continue
		}
		if found != "" {
			return ""
		}
		found = c
	}
	return found
}

// distance counts the insertions, deletions, replacements and swaps of neighbours between two names.
func distance(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
