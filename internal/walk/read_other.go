//go:build !linux && !darwin

package walk

import (
	"io/fs"
	"os"
)

// Read gives a file's text and the stamp that it had before. What is not there has no stamp.
func Read(path string) (text []byte, stamp Stamp, err error) {
	if stamp, err = StampOf(path); err != nil {
		return nil, stamp, err
	}
	text, err = os.ReadFile(path)
	return text, stamp, err
}

// stampOf takes a stamp of what the system says of a file: when anything of it was changed, and its inode, are not known here.
func stampOf(info fs.FileInfo) Stamp {
	return Stamp{Size: info.Size(), Modified: info.ModTime().UnixNano(), Mode: info.Mode()}
}
