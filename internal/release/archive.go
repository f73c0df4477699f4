package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// entry is a file of an archive.
type entry struct {
	name string // below the archive's own directory, with slashes
	file string
	mode fs.FileMode
}

// archive packs a platform's binary with its pages and the licence.
func (r *release) archive(platform string) error {
	entries := []entry{
		{"LICENSE", filepath.Join(r.top, "LICENSE"), 0o644},
		{"README.md", filepath.Join(r.top, "README.md"), 0o644},
		{filepath.Base(r.file(platform)), r.file(platform), 0o755},
	}
	pages, err := below(r.parts("pages"))
	if err != nil {
		return err
	}
	name := "handlervet-" + r.version + "-" + platform
	write, ending := writeTar, ".tar.gz"
	if strings.HasPrefix(platform, "windows-") {
		write, ending = writeZip, ".zip"
	}
	return toFile(filepath.Join(r.out, name+ending), func(w io.Writer) error {
		return write(w, name, append(entries, pages...), r.time)
	})
}

// below are the files of a directory, in the order of their names.
func below(dir string) ([]entry, error) {
	var list []entry
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, file)
		list = append(list, entry{filepath.ToSlash(rel), file, 0o644})
		return err
	})
	return list, err
}

func toFile(name string, write func(io.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		_ = f.Close() // the first error says more
		return err
	}
	return f.Close()
}

func writeTar(w io.Writer, dir string, entries []entry, at time.Time) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	for _, e := range entries {
		text, err := os.ReadFile(e.file)
		if err != nil {
			return err
		}
		h := &tar.Header{Typeflag: tar.TypeReg, Name: path.Join(dir, e.name), Size: int64(len(text)), Mode: int64(e.mode), ModTime: at, Format: tar.FormatPAX}
		if err := t.WriteHeader(h); err != nil {
			return err
		}
		if _, err := t.Write(text); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return z.Close()
}

func writeZip(w io.Writer, dir string, entries []entry, at time.Time) error {
	z := zip.NewWriter(w)
	for _, e := range entries {
		text, err := os.ReadFile(e.file)
		if err != nil {
			return err
		}
		h := &zip.FileHeader{Name: path.Join(dir, e.name), Method: zip.Deflate, Modified: at}
		h.SetMode(e.mode)
		to, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := to.Write(text); err != nil {
			return err
		}
	}
	return z.Close()
}
