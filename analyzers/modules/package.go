package modules

import (
	"errors"
	"io/fs"
	"path"
	"strings"
)

// Required says what require(specifier) in a file finds: from the package that is installed, or, if none is, from what is known of
// the versions that the lock file or package.json name. ok is false for what is no package, and where nobody can tell.
func (r *Resolver) Required(file, specifier string) (p Package, ok bool) {
	name, subpath, ok := Split(specifier)
	if !ok || strings.HasPrefix(specifier, "node:") || builtin(name) {
		return p, false
	}
	p.Name = name
	if dir := r.installed(file, name); dir != "" {
		return r.requiredFrom(p, dir, subpath)
	}
	h, known := historyOf(name)
	if !known || subpath != "" {
		return p, false
	}
	p.LastCommonJS = h.lastCommonJS()
	p.Versions, p.From = r.versions(file, name, h)
	if span, ok := rangeOf(p.Versions); ok && p.Versions != "" {
		p.Style = h.at(span)
	}
	return p, p.Style != Unseen
}

// versions are those that will be installed. The lock file is read only if the range in package.json leaves it open.
func (r *Resolver) versions(file, name string, h history) (versions, from string) {
	asked := r.Range(file, name)
	if asked == "" {
		return "", ""
	}
	span, ok := rangeOf(asked)
	if ok && h.at(span) == CommonJS {
		return asked, "package.json"
	}
	if v, lock := r.Locked(file, name); v != "" {
		return v, path.Base(lock)
	}
	if !ok {
		return "", ""
	}
	return asked, "package.json"
}

// installed is the folder of a package that node would find from a file; "" if it is not installed.
func (r *Resolver) installed(file, name string) string {
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		if path.Base(dir) != "node_modules" && r.hasModules(dir) {
			at := path.Join(dir, "node_modules", name)
			if _, err := r.tree.Read(path.Join(at, "package.json")); err == nil {
				return at
			}
		}
		if dir == "." || dir == "/" {
			return ""
		}
	}
}

// hasModules tells whether a folder has node_modules: reading a folder fails otherwise than reading nothing.
func (r *Resolver) hasModules(dir string) bool {
	r.mu.Lock()
	has, known := r.modules[dir]
	r.mu.Unlock()
	if known {
		return has
	}
	_, err := r.tree.Read(path.Join(dir, "node_modules"))
	has = !errors.Is(err, fs.ErrNotExist)
	r.mu.Lock()
	r.modules[dir] = has
	r.mu.Unlock()
	return has
}

// requiredFrom asks the installed package.
func (r *Resolver) requiredFrom(p Package, dir, subpath string) (Package, bool) {
	text, err := r.tree.Read(path.Join(dir, "package.json"))
	if err != nil {
		return p, false
	}
	m, ok := ReadPackageFile(text)
	if !ok {
		return p, false
	}
	p.Versions, p.From = m.Version, "node_modules"
	if h, known := historyOf(p.Name); known {
		p.LastCommonJS = h.lastCommonJS()
	}
	file, exported := m.entry(subpath, whenRequired(false))
	if !exported {
		p.Style = NotExported
		_, newer := m.entry(subpath, whenRequired(true)) // `module-sync`: newer versions of Node find something
		return p, !newer
	}
	at := path.Join(dir, file)
	if e := path.Ext(at); e != ".js" && styleOf(at) == Unseen {
		if at = r.fileAt(at); at == "" {
			return p, false
		}
	}
	p.Style = r.styleAt(at)
	if p.Style == ESModule {
		p.Awaits = r.awaits(at)
	}
	return p, true
}

// styleAt is what node takes a file below node_modules for. A file without any sign is CommonJS.
func (r *Resolver) styleAt(file string) Style {
	if s := styleOf(file); s != Unseen {
		return s
	}
	if path.Ext(file) == ".js" && r.IsESModule(file) {
		return ESModule
	}
	return CommonJS
}

// fileAt is the file that a path without an ending means to require(); "" if there is none.
func (r *Resolver) fileAt(at string) string {
	for _, end := range []string{"", ".js", ".json", ".node", "/index.js", "/index.json", "/index.node"} {
		if _, err := r.tree.Read(at + end); err == nil {
			return at + end
		}
	}
	return ""
}

// builtin tells whether node itself has a module of a name.
//
// Source: require('node:module').builtinModules of Node 24, without those that need the prefix `node:`.
func builtin(name string) bool { return strings.Contains(builtins, " "+name+" ") }

const builtins = " assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs " +
	"http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys " +
	"timers tls trace_events tty url util v8 vm wasi worker_threads zlib "
