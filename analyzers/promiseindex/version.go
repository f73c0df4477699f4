package promiseindex

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
)

// listMajors reads the names of the files: which majors of which packages there are, ascending.
func listMajors(files fs.FS) (map[string][]int, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, &CorruptError{".", err.Error()}
	}
	majors := make(map[string][]int, len(entries))
	for _, e := range entries {
		id, ok := strings.CutSuffix(e.Name(), ".gz")
		at := strings.LastIndexByte(id, '@')
		if !ok || at <= 0 {
			continue
		}
		major, err := strconv.Atoi(id[at+1:])
		if err != nil {
			continue
		}
		name := strings.Replace(id[:at], "+", "/", 1)
		majors[name] = append(majors[name], major)
	}
	for _, list := range majors {
		slices.Sort(list)
	}
	return majors, nil
}

func fileName(pkg string, major int) string {
	return fmt.Sprintf("%s@%d.gz", strings.Replace(pkg, "/", "+", 1), major)
}

// packageName is the package that a specifier is of: `@scope/name/path` is of `@scope/name`.
func packageName(specifier string) string {
	parts := strings.SplitN(specifier, "/", 3)
	if strings.HasPrefix(specifier, "@") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// choose gives the newest of majors (ascending) that the range allows. A package older than
// all that is known is not guessed at.
func choose(majors []int, version string) (int, bool) {
	highest := highestMajor(version)
	for _, m := range slices.Backward(majors) {
		if m <= highest {
			return m, true
		}
	}
	return 0, false
}

// highestMajor is the newest major version that a range of package.json allows; without an upper
// bound (`*`, `latest`, `>=3`, an address) it is the largest number.
func highestMajor(version string) int {
	if at := strings.LastIndexByte(version, '@'); at > 0 && strings.HasPrefix(version, "npm:") {
		version = version[at+1:] // npm:other@^3
	}
	version = strings.TrimPrefix(version, "workspace:")
	highest := -1
	for alternative := range strings.SplitSeq(version, "||") {
		highest = max(highest, boundOf(strings.TrimSpace(alternative)))
	}
	return highest
}

// boundOf is highestMajor of a range without `||`: the lowest of its upper bounds.
func boundOf(comparators string) int {
	bound := math.MaxInt
	if lower, upper, ok := strings.Cut(comparators, " - "); ok && lower != "" {
		comparators = "<=" + strings.TrimSpace(upper)
	}
	for _, c := range strings.Fields(spaceless.Replace(comparators)) {
		operator := c[:len(c)-len(strings.TrimLeft(c, "^~=<>v"))]
		number := strings.TrimLeft(c, "^~=<>v")
		major, rest, ok := leadingNumber(number)
		switch {
		case !ok:
			continue // `latest`, `*`, an address
		case strings.HasPrefix(operator, ">"):
			continue
		case strings.HasPrefix(operator, "<") && !strings.HasPrefix(operator, "<=") && strings.Trim(rest, ".0") == "":
			major-- // <5.0.0 is the newest 4
		}
		bound = min(bound, major)
	}
	return bound
}

// spaceless joins an operator and its version: `>= 3` is `>=3`.
var spaceless = strings.NewReplacer("= ", "=", "> ", ">", "< ", "<", "^ ", "^", "~ ", "~")

func leadingNumber(s string) (n int, rest string, ok bool) {
	end := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if end == 0 || end < len(s) && s[end] != '.' && s[end] != '-' && s[end] != '+' {
		return 0, s, false
	}
	n, err := strconv.Atoi(s[:end])
	return n, s[end:], err == nil
}
