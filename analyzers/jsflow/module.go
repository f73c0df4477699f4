package jsflow

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// module is what is known of one file before any handler is looked at: who
// declares which name, what is written to it, what the file exports.
// It is made once and then only read.
type module struct {
	file *jsparse.File
	path string
	// owner is the function that declares a symbol, nil for the module itself.
	owner map[*jsparse.Symbol]*jsparse.Func
	// writes are all the values a symbol can be given.
	writes map[*jsparse.Symbol][]write
	// locals are the symbols a function declares (nil: the module).
	locals map[*jsparse.Func][]*jsparse.Symbol
	// decls are function declarations by name symbol, classes likewise.
	funcs   map[*jsparse.Symbol]*jsparse.Func
	classes map[*jsparse.Symbol]*jsparse.ClassExpr
	imports map[*jsparse.Symbol]imported
	exports map[string]export
	stars   []string // export * from
	// commonExports is the last `module.exports = X`.
	commonExports jsparse.Expr
	// guarded are unbound names that the file asks about with typeof.
	guarded map[string]bool
	// propWrites are assignments `name.prop = value` to declared names.
	propWrites map[*jsparse.Symbol][]propWrite
	// declarators are those of variables whose declaration says a type.
	declarators map[*jsparse.Symbol]*jsparse.Declarator
	// expected are the functions of which a declaration says the type.
	expected map[*jsparse.Func]expectation
	// casts and documented tell whether the file may say types by `as` and in JSDoc.
	casts, documented bool
	typing            declarations
}

// write is one way a symbol gets its value.
type write struct {
	from jsparse.Expr // nil if it is not an expression's value (a loop variable, `x++`, no initialiser)
	path []step       // how to get from the value to the symbol, for destructuring
	in   *jsparse.Func
	init bool // the declaration's own initialiser
	none bool // declared without a value
	// def is the default of a destructuring target.
	def jsparse.Expr
}

// step is one step into a value: a property, or an element if name is empty.
type step struct {
	name string
	nth  int // of an element of a list, from 1; 0 for any
}

type propWrite struct {
	name string
	from jsparse.Expr
	in   *jsparse.Func
}

type imported struct {
	path string
	name string // "default", "*" or an export's name
}

type export struct {
	expr   jsparse.Expr
	fn     *jsparse.Func
	class  *jsparse.ClassExpr
	symbol *jsparse.Symbol
	from   string // re-export: path
	name   string // re-export: name there
}

func newModule(path string, file *jsparse.File) *module {
	m := &module{
		file: file, path: path,
		owner:      map[*jsparse.Symbol]*jsparse.Func{},
		writes:     map[*jsparse.Symbol][]write{},
		locals:     map[*jsparse.Func][]*jsparse.Symbol{},
		funcs:      map[*jsparse.Symbol]*jsparse.Func{},
		classes:    map[*jsparse.Symbol]*jsparse.ClassExpr{},
		imports:    map[*jsparse.Symbol]imported{},
		exports:    map[string]export{},
		guarded:    map[string]bool{},
		propWrites: map[*jsparse.Symbol][]propWrite{},

		declarators: map[*jsparse.Symbol]*jsparse.Declarator{},
		expected:    map[*jsparse.Func]expectation{},
	}
	m.casts = m.typescript() && strings.Contains(file.Text, " as ")
	m.documented = !m.typescript() && strings.Contains(file.Text, "@type")
	c := &collector{m: m}
	for _, s := range file.Body {
		c.collect(s)
	}
	return m
}

// collector walks a file once and fills a module.
type collector struct {
	m  *module
	fn *jsparse.Func
}

func (c *collector) declare(s *jsparse.Symbol) {
	if s == nil {
		return
	}
	if _, ok := c.m.owner[s]; ok {
		return
	}
	c.m.owner[s] = c.fn
	c.m.locals[c.fn] = append(c.m.locals[c.fn], s)
}

// collect walks n; functions are entered with c.fn set to them.
func (c *collector) collect(n jsparse.Node) {
	jsparse.Walk(n, func(n jsparse.Node) bool {
		switch n := n.(type) {
		case *jsparse.Func:
			c.function(n)
			return false
		case *jsparse.VarDecl:
			c.varDecl(n)
		case *jsparse.FuncDecl:
			c.funcDecl(n)
		case *jsparse.ClassDecl:
			c.classDecl(n)
		case *jsparse.ClassExpr:
			if n.Name != nil {
				c.declare(n.Name)
				c.m.classes[n.Name] = n
			}
		case *jsparse.Try:
			if n.Param != nil {
				c.target(n.Param, nil, nil, true, nil)
			}
		case *jsparse.ForEach:
			c.forEach(n)
		case *jsparse.Assign:
			c.assign(n)
		case *jsparse.Update:
			if id, ok := n.X.(*jsparse.Ident); ok {
				c.write(id.Symbol, write{in: c.fn})
			}
		case *jsparse.Unary:
			if id, ok := n.X.(*jsparse.Ident); ok && n.Op == "typeof" && id.Symbol.Kind == jsparse.Unbound {
				c.m.guarded[id.Symbol.Name] = true
			}
		case *jsparse.ImportStmt, *jsparse.ExportNames, *jsparse.ExportAll, *jsparse.ExportDefault:
			c.moduleStmt(n)
		}
		return true
	})
}

func (c *collector) function(f *jsparse.Func) {
	outer := c.fn
	c.fn = f
	if f.Name != nil {
		if _, declared := c.m.owner[f.Name]; !declared {
			c.declare(f.Name) // a named function expression sees itself
			c.m.funcs[f.Name] = f
		}
	}
	for _, p := range f.Params {
		c.target(p.Target, nil, nil, false, p.Default)
		if p.Default != nil {
			c.collect(p.Default)
		}
	}
	if f.Body != nil {
		for _, s := range f.Body.Body {
			c.collect(s)
		}
	}
	c.fn = outer
}

func (c *collector) varDecl(d *jsparse.VarDecl) {
	for _, decl := range d.Decls {
		c.target(decl.Target, decl.Init, nil, true, nil)
		c.declaratorOf(decl)
		if name, ok := decl.Target.(*jsparse.Name); ok && d.Exported {
			c.m.exports[name.Symbol.Name] = export{symbol: name.Symbol}
		} else if d.Exported {
			for _, s := range patternSymbols(decl.Target) {
				c.m.exports[s.Name] = export{symbol: s}
			}
		}
	}
}

func (c *collector) funcDecl(d *jsparse.FuncDecl) {
	if d.Func.Name != nil {
		c.declare(d.Func.Name)
		c.m.funcs[d.Func.Name] = d.Func
	}
	switch {
	case d.Default:
		c.m.exports["default"] = export{fn: d.Func}
	case d.Exported && d.Func.Name != nil:
		c.m.exports[d.Func.Name.Name] = export{fn: d.Func}
	}
}

func (c *collector) classDecl(d *jsparse.ClassDecl) {
	if d.Class.Name != nil {
		c.declare(d.Class.Name)
		c.m.classes[d.Class.Name] = d.Class
	}
	switch {
	case d.Default:
		c.m.exports["default"] = export{class: d.Class}
	case d.Exported && d.Class.Name != nil:
		c.m.exports[d.Class.Name.Name] = export{class: d.Class}
	}
}

func (c *collector) forEach(n *jsparse.ForEach) {
	switch left := n.Left.(type) {
	case *jsparse.VarDecl:
		for _, d := range left.Decls {
			for _, s := range patternSymbols(d.Target) {
				c.declare(s)
				c.write(s, c.element(n, d, s))
			}
		}
	case *jsparse.ExprStmt:
		for _, s := range patternSymbols(left.X) {
			c.write(s, write{in: c.fn})
		}
	}
}

// element is what a loop gives its variable: of `for (const x of list)` an element of the list.
func (c *collector) element(n *jsparse.ForEach, d *jsparse.Declarator, s *jsparse.Symbol) write {
	if path, ok := pathTo(d.Target, s); ok && !n.In {
		return write{from: n.Right, path: append([]step{{}}, path...), in: c.fn}
	}
	return write{in: c.fn}
}

func (c *collector) write(s *jsparse.Symbol, w write) {
	c.m.writes[s] = append(c.m.writes[s], w)
}

// target records what a pattern binds. A pattern without a value (a parameter,
// a catch clause) declares its names and writes nothing.
func (c *collector) target(p jsparse.Node, from jsparse.Expr, path []step, declare bool, def jsparse.Expr) {
	switch p := p.(type) {
	case *jsparse.Name:
		c.declare(p.Symbol)
		if from != nil || def != nil {
			c.write(p.Symbol, write{from: from, path: path, in: c.fn, init: true, def: def})
		} else if declare && p.Symbol.Kind != jsparse.CatchParam {
			c.write(p.Symbol, write{in: c.fn, init: true, none: true})
		}
	case *jsparse.Ident: // destructuring assignment to a name
		c.write(p.Symbol, write{from: from, path: path, in: c.fn, def: def})
	case *jsparse.ArrayPattern:
		for i, it := range p.Items {
			if it.Target != nil {
				c.target(it.Target, from, extend(path, nth(it, i)), declare && from != nil, it.Default)
			}
		}
	case *jsparse.ObjectPattern:
		for _, it := range p.Items {
			if it.Target == nil {
				continue
			}
			name := it.Key
			if it.Rest || it.Computed != nil {
				name = ""
			}
			c.target(it.Target, from, extend(path, step{name: name}), declare && from != nil, it.Default)
		}
	}
}

func extend(path []step, st step) []step {
	return append(append([]step(nil), path...), st)
}

// nth is the step to the item of an array pattern.
func nth(it jsparse.PatternItem, i int) step {
	if it.Rest {
		return step{nth: -1}
	}
	return step{nth: i + 1}
}

func (c *collector) assign(a *jsparse.Assign) {
	switch t := a.Target.(type) {
	case *jsparse.Ident:
		w := write{in: c.fn}
		if a.Op == "=" || a.Op == "??=" || a.Op == "||=" {
			w.from = a.Value
		}
		c.write(t.Symbol, w)
	case *jsparse.Name:
		c.write(t.Symbol, write{from: a.Value, in: c.fn})
	case *jsparse.ArrayPattern, *jsparse.ObjectPattern:
		c.assignPattern(t, a.Value)
	case *jsparse.Member:
		c.assignMember(t, a.Value)
	}
}

func (c *collector) assignPattern(p jsparse.Node, v jsparse.Expr) {
	before := c.fn
	c.target(p, v, nil, false, nil)
	c.fn = before
}

func (c *collector) assignMember(t *jsparse.Member, v jsparse.Expr) {
	if name, ok := exportTarget(t); ok {
		if name == "" {
			c.m.commonExports = v
		} else {
			c.m.exports[name] = export{expr: v}
		}
		return
	}
	if id, ok := t.Object.(*jsparse.Ident); ok {
		c.m.propWrites[id.Symbol] = append(c.m.propWrites[id.Symbol], propWrite{t.Name, v, c.fn})
	}
}

// exportTarget tells whether t is `exports.x`, `module.exports.x` (x) or `module.exports` ("").
func exportTarget(t *jsparse.Member) (string, bool) {
	if id, ok := t.Object.(*jsparse.Ident); ok && id.Symbol.Kind == jsparse.Unbound {
		switch {
		case id.Symbol.Name == "exports":
			return t.Name, true
		case id.Symbol.Name == "module" && t.Name == "exports":
			return "", true
		}
	}
	if in, ok := t.Object.(*jsparse.Member); ok {
		if name, ok := exportTarget(in); ok && name == "" {
			return t.Name, true
		}
	}
	return "", false
}

func (c *collector) moduleStmt(n jsparse.Node) {
	switch n := n.(type) {
	case *jsparse.ImportStmt:
		c.bindImport(n.Default, imported{n.Path, "default"})
		c.bindImport(n.Namespace, imported{n.Path, "*"})
		for _, name := range n.Names {
			c.bindImport(name.Local, imported{n.Path, name.Name})
		}
	case *jsparse.ExportNames:
		for _, name := range n.Names {
			if n.Path != "" {
				c.m.exports[name.Name] = export{from: n.Path, name: name.LocalName}
			} else {
				c.m.exports[name.Name] = export{symbol: name.Local}
			}
		}
	case *jsparse.ExportAll:
		if n.Name != "" {
			c.m.exports[n.Name] = export{from: n.Path, name: "*"}
		} else {
			c.m.stars = append(c.m.stars, n.Path)
		}
	case *jsparse.ExportDefault:
		c.m.exports["default"] = export{expr: n.X}
	}
}

func (c *collector) bindImport(s *jsparse.Symbol, i imported) {
	if s != nil {
		c.declare(s)
		c.m.imports[s] = i
	}
}
