package pipeline

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/maphash"
	"io/fs"
	"os"
	"strconv"
	"time"

	"github.com/handlervet/handlervet/internal/walk"
)

// fileState is a file that a result rests on, as it was then. A stamp spares reading it again; what counts is its text.
type fileState struct {
	Name    string
	Kind    stateKind
	Stamp   walk.Stamp
	Settled bool   // the stamp can be relied on
	Sum     string // SHA-256 of the text
}

// stateKind is what a name was found to be.
type stateKind byte

const (
	isText stateKind = iota
	isAbsent
	isFolder
	isUnknown // there, and not to be read: nothing can rest on it
)

// stateOf reads a file's state; the text is read only if before does not spare that.
func stateOf(root, name string, before *fileState) fileState {
	file, begin := walk.Abs(root, name), time.Now()
	now := fileState{Name: name}
	stamp, err := walk.StampOf(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		now.Kind = isAbsent
		return now
	case err != nil:
		now.Kind = isUnknown
		return now
	case stamp.Mode.IsDir():
		now.Kind = isFolder
		return now
	case before != nil && before.Kind == isText && before.Settled && before.Stamp == stamp:
		return *before
	}
	now.Stamp, now.Settled = stamp, stamp.Settled(begin)
	text, err := os.ReadFile(file)
	if err != nil {
		now.Kind = isUnknown
		return now
	}
	now.Sum = sum(text)
	return now
}

// holds tells whether a file still has the text that it had.
func (f *fileState) holds(now *fileState) bool {
	return f.Kind == now.Kind && f.Kind != isUnknown && f.Sum == now.Sum
}

func sum(text []byte) string {
	s := sha256.Sum256(text)
	return string(s[:])
}

// quickSum makes sums that say something as long as the function is there.
func quickSum() func(text []byte) string {
	seed := maphash.MakeSeed()
	return func(text []byte) string {
		return string(binary.LittleEndian.AppendUint64(nil, maphash.Bytes(seed, text))) + strconv.Itoa(len(text))
	}
}

// states are what the files are now that were read on the way, by name; texts of the overlay are not among them.
func (t *tree) states() []fileState {
	names := t.known()
	list := make([]fileState, len(names))
	inParallel(len(names), func(i int) {
		e := t.entries[names[i]]
		f := fileState{Name: names[i], Stamp: e.stamp, Settled: e.settled}
		switch {
		case errors.Is(e.err, fs.ErrNotExist):
			f = fileState{Name: names[i], Kind: isAbsent}
		case e.err != nil && e.stamp.Mode.IsDir():
			f = fileState{Name: names[i], Kind: isFolder}
		case e.err != nil:
			f.Kind = isUnknown
		case e.dropped:
			f.Sum = e.sum
		default:
			f.Sum = sum(e.text)
		}
		list[i] = f
	})
	return list
}

// stillHolds compares the states of files with what they are now. Fresh are the states now, if any stamp is another.
func stillHolds(root string, then []fileState) (ok bool, fresh []fileState) {
	now := make([]fileState, len(then))
	inParallel(len(then), func(i int) { now[i] = stateOf(root, then[i].Name, &then[i]) })
	moved := false
	for i := range then {
		if !then[i].holds(&now[i]) {
			return false, nil
		}
		moved = moved || now[i] != then[i]
	}
	if moved {
		return true, now
	}
	return true, nil
}
