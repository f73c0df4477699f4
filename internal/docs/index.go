package docs

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// packed is what the promise index holds of a package.
type packed struct {
	majors []int // versions whose declarations were read
	bytes  int64 // of its files
}

// IndexTable lists the packages of a promise index by the names of its files: their major versions and the size of
// their files. It fails if a file is not named like one of the index.
func IndexTable(files fs.FS) (string, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return "", err
	}
	all := map[string]packed{}
	var total int64
	for _, e := range entries {
		name, major, err := indexName(e.Name())
		if err != nil {
			return "", err
		}
		info, err := e.Info()
		if err != nil {
			return "", err
		}
		p := all[name]
		all[name] = packed{append(p.majors, major), p.bytes + info.Size()}
		total += info.Size()
	}
	return indexTable(all, len(entries), total), nil
}

// indexName takes `@scope+package@major.gz` apart.
func indexName(file string) (name string, major int, err error) {
	base, ok := strings.CutSuffix(file, ".gz")
	at := strings.LastIndexByte(base, '@')
	if !ok || at <= 0 {
		return "", 0, fmt.Errorf("%s: not named package@major.gz", file)
	}
	major, err = strconv.Atoi(base[at+1:])
	if err != nil {
		return "", 0, fmt.Errorf("%s: not named package@major.gz", file)
	}
	return strings.ReplaceAll(base[:at], "+", "/"), major, nil
}

func indexTable(all map[string]packed, files int, total int64) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d packages in %d files, one a major version; %d kB in all.\n\n", len(all), files, total/1000)
	b.WriteString("| package | major versions | size in bytes |\n|---|---|--:|\n")
	for _, name := range slices.Sorted(maps.Keys(all)) {
		slices.Sort(all[name].majors)
		majors := strings.Trim(fmt.Sprint(all[name].majors), "[]")
		fmt.Fprintf(&b, "| `%s` | %s | %d |\n", name, strings.ReplaceAll(majors, " ", ", "), all[name].bytes)
	}
	return b.String()
}
