package server

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
)

// addFolder takes a directory into the workspace.
func (s *Server) addFolder(dir string) *folder {
	dir = filepath.Clean(dir)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.folders {
		if f.dir == dir && !f.loose {
			return f
		}
	}
	f := s.newFolder(dir, false)
	s.insert(f)
	return f
}

// removeFolder takes a directory out of the workspace.
func (s *Server) removeFolder(dir string) {
	var gone []*folder
	s.mu.Lock()
	s.folders = slices.DeleteFunc(s.folders, func(f *folder) bool {
		if f.dir == dir && !f.loose {
			gone = append(gone, f)
			return true
		}
		return false
	})
	s.mu.Unlock()
	for _, f := range gone {
		f.leave()
	}
}

// workspaceFolderFor is the folder of the workspace that a file belongs to, nil if there is none.
func (s *Server) workspaceFolderFor(path string) *folder {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.folders {
		if !f.loose && inside(f.dir, path) || f.loose && inside(f.root, path) {
			return f
		}
	}
	return nil
}

// insert adds a folder; the deepest come first, so that a file belongs to the nearest.
func (s *Server) insert(f *folder) {
	s.folders = append(s.folders, f)
	slices.SortStableFunc(s.folders, func(a, b *folder) int { return cmp.Compare(len(b.dir), len(a.dir)) })
}

// allFolders are the folders of now.
func (s *Server) allFolders() []*folder {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.folders)
}

// folderFor is the folder that a file belongs to. A file outside the workspace gets one of its own, in which only open files are
// checked; it is kept if the file is being opened.
func (s *Server) folderFor(path string, opened bool) *folder {
	s.mu.Lock()
	defer s.mu.Unlock()
	dir := filepath.Dir(path)
	for _, f := range s.folders {
		if f.loose && f.dir == dir || !f.loose && inside(f.dir, path) {
			return f
		}
	}
	f := s.newFolder(dir, true)
	if opened {
		s.insert(f)
	}
	return f
}

// owns tells whether it is this folder's to say what is found in a file: folders may lie in one another.
func (f *folder) owns(path string) bool {
	own := f.server.workspaceFolderFor(path)
	return own == f || own == nil
}

// dropLoose forgets folders of files outside the workspace of which none is open any more.
func (s *Server) dropLoose() {
	open := s.docs.Snapshot()
	var gone []*folder
	s.mu.Lock()
	s.folders = slices.DeleteFunc(s.folders, func(f *folder) bool {
		empty := f.loose && len(f.openHere(open)) == 0
		if empty {
			gone = append(gone, f)
		}
		return empty
	})
	s.mu.Unlock()
	for _, f := range gone {
		f.leave()
	}
}

// inside tells whether a path is a directory or lies below it.
func inside(dir, path string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}
