package pipeline

import (
	"bytes"
	"errors"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"github.com/handlervet/handlervet/analyzers/jsparse"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/internal/walk"
)

// entry is one file as it was at one moment. It is filled on first use and does not change afterwards.
type entry struct {
	read sync.Once
	done atomic.Bool
	*content
	err error
	// stamp is what the file system said before the file was read, and settled whether that can be relied on.
	stamp   walk.Stamp
	settled bool
	// laid means that the text comes from the overlay.
	laid bool
	// dropped means that the text was looked at and is not kept, but for a sum of it.
	dropped bool
	sum     string
}

// content is a file's text and what was found in it. A later entry with the same text shares it.
type content struct {
	text []byte

	look               sync.Once
	minified, compiled bool

	parse      sync.Once
	parsed     atomic.Bool
	file       *jsparse.File
	broken     error
	directives []suppress.Directive
}

// written says why a text has no tree: it is generated. Bundler output has one if the user named the file.
func (c *content) written(named bool) error {
	c.look.Do(func() { c.minified, c.compiled = walk.Minified(c.text), walk.Compiled(c.text) })
	switch {
	case c.minified && !named:
		return errMinified
	case c.compiled:
		return errCompiled
	}
	return nil
}

// load fills an entry, once.
func (e *entry) load(t *tree, path string) {
	e.read.Do(func() {
		defer e.done.Store(true)
		e.content = &content{}
		if text, ok := t.overlay[path]; ok {
			e.content, e.laid = &content{text: []byte(text)}, true
			return
		}
		name, begin := walk.Abs(t.root, path), time.Now()
		text, stamp, err := walk.Read(name)
		if e.stamp, e.err = stamp, err; err != nil {
			return
		}
		e.settled = stamp.Settled(begin)
		e.content = &content{text: text}
	})
}

// still tells whether a file is unchanged, as far as that can be told without reading it.
func (e *entry) still(t *tree, path string) bool {
	text, laid := t.overlay[path]
	if laid || e.laid {
		return laid && e.laid && string(e.text) == text
	}
	stamp, err := walk.StampOf(walk.Abs(t.root, path))
	if err != nil || e.err != nil {
		return sameReason(err, e.err)
	}
	return e.settled && stamp == e.stamp
}

// sameReason tells whether two attempts at a file failed alike, in whatever they were stopped.
func sameReason(a, b error) bool {
	var one, other *fs.PathError
	return errors.As(a, &one) && errors.As(b, &other) && one.Err.Error() == other.Err.Error()
}

// renewed is the entry of a file that may have changed, and whether it did: with the same text, everything known of that is kept.
func (e *entry) renewed(t *tree, path string) (now *entry, changed bool) {
	now = &entry{}
	now.load(t, path)
	if now.err != nil || e.err != nil {
		return now, !sameReason(now.err, e.err)
	}
	if e.dropped {
		if short := now.without(t.sum); short.sum == e.sum {
			return short, false
		}
		return now, true
	}
	if !bytes.Equal(now.text, e.text) {
		return now, true
	}
	now.content = e.content
	return now, false
}

// without is the entry without its text.
func (e *entry) without(sum func([]byte) string) *entry {
	out := &entry{content: &content{}, stamp: e.stamp, settled: e.settled, laid: e.laid, dropped: true, sum: sum(e.text)}
	out.read.Do(func() { out.done.Store(true) })
	return out
}
