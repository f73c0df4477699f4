package platform

import "github.com/handlervet/handlervet/analyzers/jsparse"

// workerMethods are the methods of a worker's default export.
//
// Source: cloudflare/workerd, src/workerd/api/global-scope.c++ ("Handler does not export a fetch() function.").
func (f *finder) workerMethods(s *source, why string) []*Handler {
	in, worker := f.defaultWorker(s)
	if worker.Expr == nil {
		return nil
	}
	var out []*Handler
	for _, name := range []string{"fetch", "scheduled", "queue", "email", "tail"} {
		if in.method(worker.Expr, name) == nil {
			continue
		}
		contract := cloudflareEvent
		if name == "fetch" {
			contract = cloudflareModule
		}
		h := in.found("default."+name, methodEntry(in, worker, name), contract, why)
		h.HTTP = name == "fetch"
		out = append(out, h)
	}
	return out
}

// defaultWorker is a file's default export, as wrappers are given it: `export default withSentry(options, worker)`.
func (f *finder) defaultWorker(s *source) (*source, Entry) {
	in, e := f.follow(s, "default")
	if e == nil || e.entry.Expr == nil {
		return s, Entry{}
	}
	entry := e.entry
	for range maxFollow {
		x := entry.Expr
		if sym := symbolOf(x); sym != nil {
			x = in.bound[sym].expr
		}
		call, ok := x.(*jsparse.Call)
		if !ok {
			break
		}
		w := wrapperFor(wrappers, in.callee(call.Callee))
		if w == nil || w.Contract != "" || w.Arg < 0 || w.Arg >= len(call.Args) {
			break
		}
		entry.Expr = call.Args[w.Arg]
	}
	return in, entry
}

// methodEntry is a method of an exported object, shown where the method is.
func methodEntry(s *source, e Entry, name string) Entry {
	e.Method = name
	if fn := s.method(e.Expr, name); fn != nil && fn.Span().Start >= 0 {
		e.Span = fn.Span()
	}
	return e
}

// workerListener knows addEventListener('fetch', listener).
func (f *finder) workerListener(s *source, call *jsparse.Call) []*Handler {
	if len(call.Args) < 2 || text(call.Args[0]) != "fetch" || s.ofPage() {
		return nil
	}
	h := s.found(`addEventListener("fetch")`, entryOf(call.Args[1]), cloudflareServiceWorker, "listens for fetch events")
	h.HTTP = true
	return []*Handler{h}
}

// ofPage tells whether a file is the service worker of a web page: it is installed, which a worker of Cloudflare is not, or is
// served with the page.
func (s *source) ofPage() bool {
	for _, event := range []string{"install", "activate"} {
		if has([]byte(s.file.Text), "addEventListener('"+event+"'") || has([]byte(s.file.Text), `addEventListener("`+event+`"`) {
			return true
		}
	}
	return served(s.path)
}

// bareWorker is a default export with a `fetch` that takes an environment, without a wrangler file.
func (f *finder) bareWorker(s *source) []*Handler {
	in, worker := f.defaultWorker(s)
	if worker.Expr == nil {
		return nil
	}
	fn := in.method(worker.Expr, "fetch")
	if fn == nil || len(fn.Params) < 2 || paramName(fn, 1) != "env" {
		return nil
	}
	return f.workerMethods(s, "a default export with fetch(request, env)")
}
