package modules

import "path"

// BecomesRequire tells whether TypeScript writes require() for the imports of a file, and for import() in it: only if tsconfig.json says
// which format it writes.
func (r *Resolver) BecomesRequire(file string) (imports, calls bool) {
	switch path.Ext(file) {
	case ".ts", ".tsx", ".cts":
	default:
		return false, false
	}
	c := r.config(path.Dir(file))
	if c == nil || r.IsESModule(file) {
		return false, false
	}
	switch c.module {
	case "commonjs":
		return true, true
	case "node16", "node18", "node20", "nodenext":
		return true, false
	}
	return false, false
}
