package main

import (
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

// open is the cache, nil if there is none: whatever is wrong with it, a check does without.
func (c *cacheFlags) open() *cache.Cache {
	if c.none {
		return nil
	}
	opened, err := cache.Open(cache.Folder(c.dir))
	if err != nil {
		return nil
	}
	return opened
}
