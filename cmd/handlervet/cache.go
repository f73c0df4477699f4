package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/pflag"

	"github.com/handlervet/handlervet/internal/cache"
)

// cacheFlags say where results are kept between runs.
type cacheFlags struct {
	none bool
	dir  string
}

func (c *cacheFlags) add(f *pflag.FlagSet) {
	f.BoolVar(&c.none, "no-cache", false, "neither read nor write the cache")
	f.StringVar(&c.dir, "cache-dir", "", "cache `directory` (default: $"+cache.Variable+", or handlervet in the user's cache directory)")
}

// open is the cache, nil if there is none. A check works without it, so it warns about an unusable directory only if the user named it.
func (c *cacheFlags) open(w io.Writer) *cache.Cache {
	if c.none {
		return nil
	}
	dir := cache.Folder(c.dir)
	opened, err := cache.Open(dir)
	if err != nil {
		if named := c.dir != "" || os.Getenv(cache.Variable) != ""; named && dir != "" {
			_, _ = fmt.Fprintf(w, "handlervet: no cache in %s: %v; checking without one\n", dir, reason(err))
		}
		return nil
	}
	return opened
}
