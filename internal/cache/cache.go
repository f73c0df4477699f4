// Package cache keeps results between runs, in a folder of the user. It knows nothing about what it
// keeps: the pipeline, which fills it, derives a key from everything that decided a result, so an
// entry is never wrong, only unused. Any failure of the cache costs time and nothing else.
package cache

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	blobs "github.com/rogpeppe/go-internal/cache"
)

// Variable is the environment variable that names the folder; `off` means that nothing is kept.
const Variable = "HANDLERVET_CACHE"

// limit is how many bytes the folder holds after it was trimmed.
const limit = 256 << 20

// Key is the name of a result.
type Key [sha256.Size]byte

// KeyOf names a result by all that decides it.
func KeyOf(parts ...string) Key {
	h := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(h, "%d %s\n", len(p), p) // a hash takes everything
	}
	return Key(h.Sum(nil))
}

// Cache is a folder of results. Several processes may use one at the same time, and any of them may be killed: what is
// written in part is taken for missing. A nil Cache holds nothing.
type Cache struct {
	dir   string
	limit int64
	store *blobs.Cache
}

// Folder is where results are kept: dir if it is not empty, else what the environment names, else a folder in the user's
// cache directory. It is empty if there is no such place, or nothing should be kept.
func Folder(dir string) string {
	if dir == "" {
		dir = os.Getenv(Variable)
	}
	if dir == "off" {
		return ""
	}
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		return filepath.Join(user, "handlervet")
	}
	return dir
}

// Open opens a folder and makes it if it is not there. The error says why nothing can be kept there.
func Open(dir string) (*Cache, error) {
	if dir == "" {
		return nil, errors.New("no folder for the cache")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	store, err := blobs.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := unlisted(dir); err != nil {
		return nil, err
	}
	return &Cache{dir: dir, limit: limit, store: store}, nil
}

// unlisted keeps git, and our own walk, from looking into a folder that lies in the tree that is checked, as some CI systems demand.
func unlisted(dir string) error {
	file := filepath.Join(dir, ".gitignore")
	if _, err := os.Lstat(file); err == nil {
		return nil
	}
	return os.WriteFile(file, []byte("*\n"), 0o600)
}

// Get returns a result, nil if it is not there or not whole.
func (c *Cache) Get(k Key) []byte {
	if c == nil {
		return nil
	}
	data, _, err := c.store.GetBytes(blobs.ActionID(k))
	if err != nil {
		return nil
	}
	data, ok := bytes.CutPrefix(data, k[:])
	if !ok {
		return nil
	}
	return data
}

// Put keeps a result in place of an older one of the same name. It is lost without a word if that cannot be done.
func (c *Cache) Put(k Key, data []byte) {
	if c == nil {
		return
	}
	before, err := c.store.Get(blobs.ActionID(k))
	old := err == nil
	// The name stands before the data, so that no two results share a file, and an old one can go.
	written, _, err := c.store.PutNoVerify(blobs.ActionID(k), bytes.NewReader(append(k[:], data...)))
	if err == nil && old && before.OutputID != written {
		_ = os.Remove(c.store.OutputFile(before.OutputID)) // otherwise it is trimmed some day
	}
	c.trim()
}
