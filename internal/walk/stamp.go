package walk

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// Stamp is what the file system says of a file without its text being read. Two equal stamps of one name mean the same text, unless
// the file was written while, or right before, the first was taken: see Settled.
type Stamp struct {
	Size int64
	// Modified and Changed are times in ns since 1970: of the text, and of anything at all, which no program can set back. Changed
	// and Inode are 0 where the system does not tell.
	Modified, Changed int64
	Inode             uint64
	Mode              os.FileMode
}

// StampOf takes the stamp of what a path leads to.
func StampOf(path string) (Stamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Stamp{}, belowFile(err)
	}
	return stampOf(info), nil
}

// belowFile says of a path that goes on below a file that it is not there, as some systems have an error of its own for that.
func belowFile(err error) error {
	if errors.Is(err, syscall.ENOTDIR) {
		return fs.ErrNotExist
	}
	return err
}

// granularity bounds how coarse the times of a file system are: two seconds on FAT.
const granularity = 2 * time.Second

// Settled tells whether a stamp taken at a time says that the file was not written since: a second write within the
// granularity of the times would leave it as it is.
func (s Stamp) Settled(taken time.Time) bool {
	return max(s.Modified, s.Changed) < taken.Add(-granularity).UnixNano()
}
