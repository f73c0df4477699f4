package cache

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/handlervet/handlervet/internal/walk"
)

// Build names the program that runs by a sum of its file: what another one found is not its own, whatever version it calls itself. So
// all machines agree on a release. The sum is kept, too, as long as the file's stamp is the same. It is empty if the file cannot be read.
func (c *Cache) Build() string {
	if c == nil {
		return ""
	}
	file := running()
	stamp, err := walk.StampOf(file)
	if err != nil {
		return ""
	}
	settled := stamp.Settled(time.Now())
	key := KeyOf("program", file, fmt.Sprint(stamp))
	if known := c.Get(key); settled && len(known) == sha256.Size {
		return string(known)
	}
	sum, err := sumOf(file)
	if err != nil {
		return ""
	}
	if settled {
		c.Put(key, sum)
	}
	return string(sum)
}

// running is the file of the program. Linux knows it even if another one has taken its place.
func running() string {
	const self = "/proc/self/exe"
	if _, err := os.Stat(self); err == nil {
		return self
	}
	file, _ := os.Executable() // without a name, it cannot be read
	return file
}

func sumOf(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}
