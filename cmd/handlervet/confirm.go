package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/handlervet/handlervet/internal/confirm"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/position"
	"github.com/handlervet/handlervet/rules"
)

type confirmFlags struct {
	project projectFlags
	trace   bool
	test    bool
	output  string
}

func newConfirm(s streams) *cobra.Command {
	var f confirmFlags
	cmd := &cobra.Command{
		Use:   "confirm file:line",
		Short: "Run the path of a finding in a sandbox and show the run",
		Long: `Run the handler of the findings on a line in a sandbox: no network, no files, a virtual clock, and failures injected
where they matter to the finding. Show the run that does what the finding claims, or say why there is none.`,
		Example: `  handlervet confirm functions/send.js:12
  handlervet confirm functions/send.js:12 --trace
  handlervet confirm functions/send.js:12 --emit-test -o test/send.test.mjs`,
		Args: one("file:line"),
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), s, args[0]) },
	}
	f.project.add(cmd.Flags())
	cmd.Flags().BoolVar(&f.trace, "trace", false, "show every step of the run")
	cmd.Flags().BoolVar(&f.test, "emit-test", false, "write a test for node:test that repeats the run, instead of showing it")
	cmd.Flags().StringVarP(&f.output, "output", "o", "", "write the test to `file` (default: stdout; its imports then fit the working directory)")
	return cmd
}

// newSandbox is the child process of confirmation. Users do not call it.
func newSandbox() *cobra.Command {
	return &cobra.Command{
		Use: confirm.ChildCommand, Hidden: true, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return confirm.Serve(os.Stdin, os.Stdout) },
	}
}

func (f *confirmFlags) run(ctx context.Context, s streams, at string) error {
	file, line, err := splitPlace(at)
	if err != nil {
		return err
	}
	pr, err := f.project.load([]string{file})
	if err != nil {
		return err
	}
	out, err := pipeline.Run(ctx, pr.Options)
	if err != nil {
		return err
	}
	if _, err := out.Read(name(pr.Root, file)); err != nil {
		return fmt.Errorf("cannot read %s: %w", file, reason(err))
	}
	found := onLine(out, name(pr.Root, file), line)
	if len(found) == 0 { // what is wrong in a helper is found with the handlers that call it
		if pr, err = f.project.load(nil); err != nil {
			return err
		}
		if out, err = pipeline.Run(ctx, pr.Options); err != nil {
			return err
		}
		found = onLine(out, name(pr.Root, file), line)
	}
	if len(found) == 0 {
		return fmt.Errorf("no finding at %s; `handlervet check %s` lists the findings of the file", at, file)
	}
	o := confirm.Options{Root: pr.Root, Trace: f.trace}
	if f.test {
		return f.emitTest(ctx, s, pr.Root, o, found, out)
	}
	found, err = confirm.Findings(ctx, o, found, out.Handlers)
	if err != nil {
		return err
	}
	for i := range found {
		tellConfirmation(s.out, at, &found[i])
	}
	return nil
}

// emitTest writes a test for the first finding on the line that a run shows.
func (f *confirmFlags) emitTest(ctx context.Context, s streams, root string, o confirm.Options, found []rules.Finding, out *pipeline.Outcome) error {
	target := f.output
	if target == "" {
		target = "here"
	}
	o.TestDir = path.Dir(name(root, target))
	tests, problems := make([]string, len(found)), make([]string, len(found))
	var mu sync.Mutex
	o.Test = func(i int, text, problem string) {
		mu.Lock()
		defer mu.Unlock()
		tests[i], problems[i] = text, problem
	}
	found, err := confirm.Findings(ctx, o, found, out.Handlers)
	if err != nil {
		return err
	}
	for i, text := range tests {
		switch {
		case text == "":
		case f.output == "":
			_, err := io.WriteString(s.out, text)
			return err
		default:
			if err := os.WriteFile(f.output, []byte(text), 0o644); err != nil { //nolint:gosec // the user's own file
				return fmt.Errorf("cannot write the test: %w; name a file in an existing directory", err)
			}
			_, _ = fmt.Fprintf(s.err, "wrote a test of [%s] to %s; run it with: node --test %s\n", found[i].Rule, f.output, f.output)
			return nil
		}
	}
	reason := "no run shows it"
	for i := range found {
		reason = cmp.Or(problems[i], strings.Join(found[i].Confirmation.Witness, " "), reason)
	}
	return fmt.Errorf("there is nothing to write a test of: %s", reason)
}

// tellConfirmation writes one finding and its run.
func tellConfirmation(w io.Writer, at string, f *rules.Finding) {
	verdict := f.Confirmation.Verdict
	if verdict == "" {
		verdict = string(confirm.Unconfirmed)
		f.Confirmation.Witness = []string{"no run can show what " + f.Rule + " claims"}
	}
	_, _ = fmt.Fprintf(w, "%s: %s [%s]\n%s\n", at, f.Message, f.Rule, verdict)
	for _, l := range f.Confirmation.Witness {
		_, _ = fmt.Fprintln(w, "  "+l)
	}
}

// splitPlace reads `file:line`.
func splitPlace(at string) (string, int, error) {
	i := strings.LastIndexByte(at, ':')
	if i > 0 {
		if line, err := strconv.Atoi(at[i+1:]); err == nil && line > 0 {
			return at[:i], line, nil
		}
	}
	return "", 0, fmt.Errorf("%q is not file:line; expected for example functions/send.js:12", at)
}

// name is a file as findings name it: relative to the root, with slashes.
func name(root, file string) string {
	abs, err := filepath.Abs(file)
	if err != nil {
		return file
	}
	rel, err := filepath.Rel(root, abs)
	if err != nil {
		return file
	}
	return filepath.ToSlash(rel)
}

// onLine are the findings whose range starts on a line or covers it; those that start there come first.
func onLine(out *pipeline.Outcome, file string, line int) []rules.Finding {
	x := position.New([]byte(out.Text(file)))
	var begin, over []rules.Finding
	for _, f := range out.Findings {
		if f.Range.File != file {
			continue
		}
		first, last := x.Line(f.Range.Start), x.Line(max(f.Range.End-1, f.Range.Start))
		switch {
		case first == line:
			begin = append(begin, f)
		case first < line && line <= last:
			over = append(over, f)
		}
	}
	return slices.Concat(begin, over)
}
