package cache

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// pause is how long the folder is left alone after it was trimmed: looking at it costs more than using it.
const pause = time.Hour

// trim keeps the folder below its limit: what was not used for longest goes. The store notes uses to the hour.
func (c *Cache) trim() {
	mark := filepath.Join(c.dir, "trimmed")
	if info, err := os.Stat(mark); err == nil && time.Since(info.ModTime()).Abs() < pause {
		return
	}
	if err := os.WriteFile(mark, nil, 0o600); err != nil {
		return
	}
	c.shrink()
}

// shrink deletes files until their sizes are below three quarters of the limit, if they are above it.
func (c *Cache) shrink() {
	type file struct {
		name string
		fs.FileInfo
	}
	var files []file
	total := int64(0)
	folders, _ := filepath.Glob(filepath.Join(c.dir, "[0-9a-f][0-9a-f]"))
	for _, dir := range folders {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			info, err := e.Info()
			if err != nil || !strings.HasSuffix(e.Name(), "-a") && !strings.HasSuffix(e.Name(), "-d") {
				continue
			}
			files = append(files, file{filepath.Join(dir, e.Name()), info})
			total += info.Size()
		}
	}
	if total <= c.limit {
		return
	}
	slices.SortFunc(files, func(a, b file) int { return a.ModTime().Compare(b.ModTime()) })
	for _, f := range files {
		if total <= c.limit/4*3 {
			return
		}
		if os.Remove(f.name) == nil {
			total -= f.Size()
		}
	}
}
