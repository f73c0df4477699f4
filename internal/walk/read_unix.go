//go:build linux || darwin

package walk

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"syscall"
)

// Read gives a file's text and the stamp that it had when it was opened. What is not there, or cannot be opened, has no stamp.
//
// A walk reads thousands of small files, and os.ReadFile asks the system nine times for each with its stamp: to see whether
// reading may wait, and whether there is more behind the end. Four times are enough for a file of a known size.
func Read(path string) (text []byte, stamp Stamp, err error) {
	fd, err := open(path)
	if err != nil {
		return nil, stamp, &fs.PathError{Op: "open", Path: path, Err: belowFile(err)}
	}
	defer func() { _ = syscall.Close(fd) }() // it was only read
	var info syscall.Stat_t
	if err := syscall.Fstat(fd, &info); err != nil {
		return nil, stamp, &fs.PathError{Op: "stat", Path: path, Err: err}
	}
	stamp = stampFrom(&info)
	if text, err = readAll(fd, int(info.Size)); err != nil {
		return nil, stamp, &fs.PathError{Op: "read", Path: path, Err: err}
	}
	return text, stamp, nil
}

func open(path string) (fd int, err error) {
	for {
		fd, err = syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		if !errors.Is(err, syscall.EINTR) {
			return fd, err
		}
	}
}

// leastRead is room for what says that it is empty and is not: files of /proc.
const leastRead = 512

// readAll reads what there is; size is how much that is said to be, in bytes. What comes behind it was appended later.
func readAll(fd, size int) ([]byte, error) {
	text := make([]byte, 0, max(size, leastRead))
	for {
		n, err := syscall.Read(fd, text[len(text):cap(text)])
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case err != nil:
			return nil, err
		}
		text = text[:len(text)+n]
		if n == 0 || size > 0 && len(text) >= size {
			return text, nil
		}
		if len(text) == cap(text) {
			text = slices.Grow(text, leastRead)
		}
	}
}

// stampOf takes a stamp of what the system says of a file.
func stampOf(info fs.FileInfo) Stamp {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return stampFrom(s)
	}
	return Stamp{Size: info.Size(), Modified: info.ModTime().UnixNano(), Mode: info.Mode()}
}

// mode is a file's kind and permissions. Kinds that no text is read from are one.
func mode(s *syscall.Stat_t) os.FileMode {
	m := os.FileMode(s.Mode) & os.ModePerm
	switch s.Mode & syscall.S_IFMT {
	case syscall.S_IFREG:
		return m
	case syscall.S_IFDIR:
		return m | os.ModeDir
	}
	return m | os.ModeIrregular
}
