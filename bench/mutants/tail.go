package main

import (
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// inside calls visit for everything in a function.
func inside(f *jsparse.Func, visit func(jsparse.Node)) {
	jsparse.Walk(f.Body, func(n jsparse.Node) bool { visit(n); return true })
}

// own calls visit for what is in a function and in no function inside it.
func own(f *jsparse.Func, visit func(jsparse.Node)) {
	jsparse.Walk(f.Body, func(n jsparse.Node) bool {
		visit(n)
		_, other := n.(*jsparse.Func)
		return !other
	})
}

func everything(f *jsparse.File, visit func(jsparse.Node)) {
	if f == nil {
		return
	}
	for _, s := range f.Body {
		jsparse.Walk(s, func(n jsparse.Node) bool { visit(n); return true })
	}
}

// functions calls visit for each function of a file.
func functions(f *jsparse.File, visit func(*jsparse.Func)) {
	everything(f, func(n jsparse.Node) {
		if fn, ok := n.(*jsparse.Func); ok && fn.Body != nil {
			visit(fn)
		}
	})
}

// awaits are the `await`s of the file. `return await` outside of any try does what `return` does.
func awaits(s *subject) []edit {
	var out []edit
	functions(s.file, func(f *jsparse.Func) {
		free := map[jsparse.Node]bool{}
		tries := map[jsparse.Node]bool{}
		own(f, func(n jsparse.Node) {
			switch n := n.(type) {
			case *jsparse.Try:
				jsparse.Walk(n, func(below jsparse.Node) bool { tries[below] = true; return true })
			case *jsparse.Return:
				if a, ok := n.X.(*jsparse.Await); ok && !tries[n] {
					free[a] = true
				}
			case *jsparse.Await:
				e := edit{file: s.file.Path, start: n.Start, end: n.Start + len("await")}
				if free[n] {
					e.equivalent = "`return await` outside of any try"
				}
				if strings.HasPrefix(s.file.Text[n.Start:], "await") {
					out = append(out, e)
				}
			}
		})
	})
	return out
}

// returns are the `return`s at a completion: `return callback(…)` goes on behind it, and so does a lone `return` behind one.
// Where nothing comes behind it, that changes nothing.
func returns(s *subject) []edit {
	answers := map[jsparse.Span]bool{}
	for _, c := range completions(s) {
		if c.file == s.file.Path {
			answers[jsparse.Span{Start: c.start, End: c.end}] = true
		}
	}
	var out []edit
	functions(s.file, func(f *jsparse.Func) {
		last := tails(f.Body.Body, answers)
		eachList(f, func(list []jsparse.Stmt) {
			for i, stmt := range list {
				r, ok := stmt.(*jsparse.Return)
				if !ok || !strings.HasPrefix(s.file.Text[r.Start:], "return") {
					continue
				}
				at := r.X != nil && answers[r.X.Span()] || r.X == nil && i > 0 && completes(list[i-1], answers)
				if !at {
					continue
				}
				e := edit{file: s.file.Path, start: r.Start, end: r.Start + len("return")}
				if last[r] {
					e.equivalent = "nothing comes behind it"
				}
				out = append(out, e)
			}
		})
	})
	return out
}

func completes(s jsparse.Stmt, answers map[jsparse.Span]bool) bool {
	x, ok := s.(*jsparse.ExprStmt)
	return ok && answers[x.X.Span()]
}

// eachList calls visit for each list of statements of a function's own.
func eachList(f *jsparse.Func, visit func([]jsparse.Stmt)) {
	own(f, func(n jsparse.Node) {
		switch n := n.(type) {
		case *jsparse.Block:
			visit(n.Body)
		case *jsparse.If:
			visit([]jsparse.Stmt{n.Then})
			visit([]jsparse.Stmt{n.Else})
		case *jsparse.Switch:
			for _, c := range n.Cases {
				visit(c.Body)
			}
		}
	})
}

// tails are the statements behind which a list of statements ends, and with it the function.
func tails(list []jsparse.Stmt, answers map[jsparse.Span]bool) map[jsparse.Stmt]bool {
	out := map[jsparse.Stmt]bool{}
	var end func(list []jsparse.Stmt)
	one := func(s jsparse.Stmt) {
		out[s] = true
		switch s := s.(type) {
		case *jsparse.Block:
			end(s.Body)
		case *jsparse.If:
			end([]jsparse.Stmt{s.Then})
			end([]jsparse.Stmt{s.Else})
		case *jsparse.Try:
			if s.Finally == nil || harmless(s.Finally, answers) {
				end(s.Body.Body)
				if s.Catch != nil {
					end(s.Catch.Body)
				}
			}
		case *jsparse.Switch:
			if n := len(s.Cases); n > 0 {
				end(s.Cases[n-1].Body)
			}
		}
	}
	end = func(list []jsparse.Stmt) {
		if n := len(list); n > 0 && list[n-1] != nil {
			one(list[n-1])
		}
	}
	end(list)
	return out
}

// harmless tells whether a block that runs in any case answers nothing.
func harmless(b *jsparse.Block, answers map[jsparse.Span]bool) bool {
	out := true
	jsparse.Walk(b, func(n jsparse.Node) bool {
		out = out && !answers[n.Span()]
		return out
	})
	return out
}
