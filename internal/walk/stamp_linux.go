package walk

import (
	"io/fs"
	"syscall"
)

// changed is when anything of a file was changed, and its inode.
func changed(info fs.FileInfo) (at int64, inode uint64) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0
	}
	return s.Ctim.Nano(), s.Ino
}
