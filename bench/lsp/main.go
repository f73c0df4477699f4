// Command lsp measures language servers the way an editor meets them:
//
//	go run ./bench/lsp [-n edits] [-workspace dir] [-bin dir]
//
// It generates a project of one handler of 1,000 lines and 20 helpers, types into the handler and into a helper, and prints
// how long it takes from each change to the diagnostics, and how much of the processor (of the process that was
// started, which for biome is a proxy). With -workspace it opens a tree and prints when all of it has been reported, and
// the memory that took. The servers are handlervet (built here, told not to wait for more typing), and oxlint and biome if they are in
// the directory of -bin or on the PATH.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"

	"go.lsp.dev/protocol"
)

// contender is a language server.
type contender struct {
	name    string
	command []string
	options string // initializationOptions
	helpers bool   // whether it looks at other files than the one that is typed into
	stop    string // the argument that ends what it leaves running, empty if that is nothing
}

func main() {
	edits := flag.Int("n", 200, "`edits` to measure")
	workspace := flag.String("workspace", "", "a `directory` to open as a whole")
	bin := flag.String("bin", "", "a `directory` with oxlint and biome, for example node_modules/.bin")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, *edits, *workspace, *bin); err != nil {
		fmt.Fprintln(os.Stderr, "lsp:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, w io.Writer, edits int, workspace, bin string) error {
	tmp, err := os.MkdirTemp("", "handlervet-lsp-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	own := filepath.Join(tmp, "handlervet")
	build := exec.CommandContext(ctx, "go", "build", "-o", own, "./cmd/handlervet")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("cannot build handlervet (run this at the top of the repository): %w", err)
	}
	project, err := generate(filepath.Join(tmp, "project"))
	if err != nil {
		return err
	}
	servers := contenders(own, bin)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "server\twhat\tp50\tp95\tmax\tprocessor\tmemory\n")
	for _, c := range servers {
		if err := measureTyping(ctx, table, c, project, edits); err != nil {
			fmt.Fprintf(table, "%s\t%v\n", c.name, err)
		}
	}
	if err := table.Flush(); err != nil || workspace == "" {
		return err
	}
	return measureWorkspace(ctx, w, servers[0], workspace)
}

// contenders are the servers that can be found.
func contenders(own, bin string) []contender {
	list := []contender{{name: "handlervet", command: []string{own, "lsp"}, options: `{"debounce":0}`, helpers: true}}
	for _, c := range []contender{
		{name: "oxlint", command: []string{"oxlint", "--lsp"}, options: `{"run":"onType"}`},
		{name: "biome", command: []string{"biome", "lsp-proxy"}, options: "{}", stop: "stop"},
	} {
		path, err := exec.LookPath(c.command[0])
		if inBin := filepath.Join(bin, c.command[0]); bin != "" {
			path, err = exec.LookPath(inBin)
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "lsp: %s is not installed\n", c.name)
			continue
		}
		if path, err = filepath.Abs(path); err == nil {
			c.command[0] = path
			list = append(list, c)
		}
	}
	return list
}

// leave ends what the server leaves running.
func (c *contender) leave() {
	if c.stop != "" {
		_ = exec.Command(c.command[0], c.stop).Run() // there may be nothing to end
	}
}

// measureTyping types into the handler, and into a helper of it.
func measureTyping(ctx context.Context, w io.Writer, c contender, project string, edits int) error {
	e, err := connect(ctx, c, project)
	if err != nil {
		return err
	}
	defer c.leave()
	defer e.close()
	handler, helper := filepath.Join(project, handlerFile), filepath.Join(project, helperFile(laterHelper))
	for _, path := range []string{handler, helper} {
		if err := e.open(path); err != nil {
			return err
		}
	}
	said, err := e.quiet(time.Second, handler)
	if err != nil {
		return err
	}
	before := processor(e.pid)
	times, err := e.measure(lines(handler, said), edits)
	if err != nil {
		return err
	}
	row(w, c.name, "typing into the handler", times, processor(e.pid)-before, memory(e.pid))
	if !c.helpers {
		return nil
	}
	before = processor(e.pid)
	if times, err = e.measure(promises(helper, handler, len(said)), edits); err != nil {
		return err
	}
	row(w, c.name, "typing into a helper, for the handler", times, processor(e.pid)-before, memory(e.pid))
	return nil
}

// lines puts a line at the top of a file and takes it away again: all that is said moves.
func lines(path string, said []protocol.Diagnostic) typing {
	before := said[0].Range.Start.Line
	return typing{
		path: path, about: path,
		edit: func(i int) protocol.TextDocumentContentChangePartial {
			if i%2 == 0 {
				return protocol.TextDocumentContentChangePartial{Range: between(1, 0, 1, 0), Text: "// a line\n"}
			}
			return protocol.TextDocumentContentChangePartial{Range: between(1, 0, 2, 0)}
		},
		seen: func(i int, said []protocol.Diagnostic) bool {
			return len(said) > 0 && said[0].Range.Start.Line == before+uint32(1-i%2) //nolint:gosec // 0 or 1
		},
	}
}

// promises has a helper give something else than a promise, and a promise again: what is said about its caller goes and comes.
func promises(path, about string, before int) typing {
	return typing{
		path: path, about: about,
		edit: func(i int) protocol.TextDocumentContentChangePartial {
			from, to := "fetch", "String"
			if i%2 == 1 {
				from, to = to, from
			}
			return protocol.TextDocumentContentChangePartial{Range: between(laterLine, laterColumn, laterLine, laterColumn+uint32(len(from))), Text: to} //nolint:gosec // short
		},
		seen: func(i int, said []protocol.Diagnostic) bool { return len(said) == before-1+i%2 },
	}
}

func between(line, column, endLine, endColumn uint32) protocol.Range {
	return protocol.Range{
		Start: protocol.Position{Line: line, Character: column}, End: protocol.Position{Line: endLine, Character: endColumn},
	}
}

// measureWorkspace opens a tree and waits until all of it has been reported.
func measureWorkspace(ctx context.Context, w io.Writer, c contender, dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	var times []time.Duration
	var peak int64
	var s state
	for range 5 {
		begin := time.Now()
		e, err := connect(ctx, c, dir)
		if err != nil {
			return err
		}
		if s, err = e.settle(ctx); err != nil {
			e.close()
			return err
		}
		times = append(times, time.Since(begin))
		peak = max(peak, memory(e.pid))
		e.close()
	}
	f := s.Folders[0]
	fmt.Fprintf(w, "\n%s: %d files, %d handlers, %d findings; from the start of the process to the last diagnostics %s (p50 of 5), memory %s\n",
		filepath.Base(dir), f.Files, f.Handlers, f.Findings, short(percentile(times, 50)), megabytes(peak))
	return nil
}

func row(w io.Writer, name, what string, times []time.Duration, processor time.Duration, peak int64) {
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", name, what, short(percentile(times, 50)), short(percentile(times, 95)),
		short(percentile(times, 100)), short(processor/time.Duration(max(len(times), 1))), megabytes(peak))
}

func percentile(times []time.Duration, p int) time.Duration {
	if len(times) == 0 {
		return 0
	}
	slices.Sort(times)
	return times[min(len(times)*p/100, len(times)-1)]
}

func short(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

func megabytes(bytes int64) string { return fmt.Sprintf("%d MB", bytes>>20) }
