package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/handlervet/handlervet/internal/baseline"
	"github.com/handlervet/handlervet/internal/config"
	"github.com/handlervet/handlervet/internal/confirm"
	"github.com/handlervet/handlervet/internal/pipeline"
	"github.com/handlervet/handlervet/internal/project"
	"github.com/handlervet/handlervet/internal/report"
	"github.com/handlervet/handlervet/internal/walk"
	"github.com/handlervet/handlervet/rules"
)

type checkFlags struct {
	project       projectFlags
	changes       changeFlags
	format        string
	output        string
	sarif         string
	color         string
	writeBaseline bool
	listHandlers  bool
	stats         bool
	suppressed    bool
	confirm       bool
	shard         string
	cache         cacheFlags
}

func newCheck(s streams) *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check [path…]",
		Short: "Check the handlers of files and directories (default: the working directory)",
		Example: `  handlervet check
  handlervet check functions/ --format sarif -o handlervet.sarif
  handlervet check --diff origin/main
  handlervet check --shard 2/4 --format sarif -o 2.sarif
  handlervet check --list-handlers`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), s, args) },
	}
	flags := cmd.Flags()
	f.project.add(flags)
	f.changes.add(flags)
	f.cache.add(flags)
	flags.StringVar(&f.format, "format", "text", "`format` of the report: "+strings.Join(report.Formats(), ", "))
	flags.StringVarP(&f.output, "output", "o", "", "write the report to `file` instead of stdout")
	flags.StringVar(&f.sarif, "sarif", "", "also write the findings as SARIF to `file`")
	flags.StringVar(&f.color, "color", "auto", "colour the text report: auto, always or never")
	flags.BoolVar(&f.writeBaseline, "write-baseline", false, "write all findings to the baseline file (default "+project.DefaultBaseline+" at the root)")
	flags.BoolVar(&f.listHandlers, "list-handlers", false, "list the handlers and why they were recognised; check nothing")
	flags.BoolVar(&f.suppressed, "suppressed", false, "also report suppressed findings, marked as such (json and sarif only)")
	flags.BoolVar(&f.confirm, "confirm", false, "run the suspect paths in a sandbox and mark the findings that a run shows")
	flags.StringVar(&f.shard, "shard", "", "check part `i/n` of the handlers; combine the SARIF reports with `handlervet merge`")
	flags.BoolVar(&f.stats, "stats", false, "print counts and times to stderr")
	completeValues(cmd)
	return cmd
}

func (f *checkFlags) run(ctx context.Context, s streams, args []string) error {
	if err := f.validate(); err != nil {
		return err
	}
	pr, err := f.project.load(args)
	if err != nil {
		return err
	}
	if !f.writeBaseline && !f.listHandlers {
		if err := pr.ReadBaseline(); err != nil {
			return err
		}
	}
	pr.Options.HandlersOnly = f.listHandlers
	if f.shard != "" {
		if pr.Options.Shard, err = pipeline.ParseShard(f.shard); err != nil {
			return fmt.Errorf("--shard: %w", err)
		}
	}
	if !f.confirm && !f.listHandlers { // both need the handlers themselves
		pr.Options.Cache = f.cache.open(s.err)
	}
	stop := progress(s.err, &pr.Options)
	out, err := f.changes.run(ctx, pr)
	stop()
	if err != nil {
		return err
	}
	if f.confirm {
		if out.Findings, err = confirm.Findings(ctx, confirm.Options{Root: pr.Root, Overlay: pr.Options.Overlay}, out.Findings, out.Handlers); err != nil {
			return err
		}
	}
	if err := f.tell(s, pr, out); err != nil {
		return err
	}
	if !f.listHandlers && f.shard == "" && !f.changes.asked() {
		noteEmpty(s.err, pr, out)
	}
	return exitStatus(s.err, pr, out, f.writeBaseline)
}

// noteEmpty warns that a directory holds no handler, because a check in the wrong place would pass silently. Files named one by one
// often hold none: hooks pass all that changed.
func noteEmpty(w io.Writer, pr *project.Project, out *pipeline.Outcome) {
	if out.Stats.Handlers > 0 || len(out.Findings) > 0 || len(out.Problems) > 0 || len(out.Suppressed) > 0 || len(out.Known) > 0 {
		return
	}
	for _, p := range pr.Options.Paths {
		if info, err := os.Stat(p); err != nil || !info.IsDir() {
			return
		}
	}
	_, _ = fmt.Fprintf(w, "handlervet: no handlers found in %s; is this the project's directory?\n", count(out.Stats.Files, "file", "files"))
}

func (f *checkFlags) validate() error {
	if err := project.OneOf("--color", f.color, []string{"auto", "always", "never"}); err != nil {
		return err
	}
	if err := project.OneOf("--format", f.format, report.Formats()); err != nil {
		return err
	}
	return f.conflict()
}

// conflict names flags that cannot be used together: one of them would be silently ignored.
func (f *checkFlags) conflict() error {
	switch {
	case f.writeBaseline && f.shard != "":
		return errors.New("--write-baseline records all findings; remove --shard")
	case f.writeBaseline && f.changes.asked():
		return errors.New("--write-baseline records all findings; remove --staged and --diff")
	case f.listHandlers && f.format != "text" && f.format != "json":
		return fmt.Errorf("--list-handlers writes text or json; remove --format %s", f.format)
	case f.listHandlers && (f.writeBaseline || f.confirm || f.sarif != ""):
		return errors.New("--list-handlers checks nothing; remove --write-baseline, --confirm and --sarif")
	case f.suppressed && f.format != "json" && f.format != "sarif" && f.sarif == "":
		return errors.New("--suppressed needs --format json, --format sarif or --sarif")
	}
	return nil
}

// tell writes the requested output.
func (f *checkFlags) tell(s streams, pr *project.Project, out *pipeline.Outcome) error {
	switch {
	case f.listHandlers:
		if err := toOutput(s.out, f.output, func(w io.Writer) error { return writeHandlers(w, f.format, out) }); err != nil {
			return err
		}
	case f.writeBaseline:
		file := cmp.Or(pr.Baseline, filepath.Join(pr.Root, project.DefaultBaseline))
		if err := baseline.Write(file, out.Findings); err != nil {
			return err
		}
		_, _ = fmt.Fprintf(s.err, "wrote %s to %s\n", count(len(out.Findings), "finding", "findings"), filepath.Base(file))
	default:
		if err := f.write(s.out, pr, out); err != nil {
			return err
		}
	}
	if f.stats {
		writeStats(s.err, out)
	}
	return nil
}

// exitStatus reports what could not be read and decides the exit status: problems win over findings.
func exitStatus(w io.Writer, pr *project.Project, out *pipeline.Outcome, recorded bool) error {
	for _, p := range out.Problems {
		_, _ = fmt.Fprintf(w, "handlervet: cannot read %s: %v%s\n", p.File, reason(p.Err), instead(pr.Root, p))
	}
	switch {
	case len(out.Problems) > 0:
		return status(exitFailed)
	case !recorded && failing(certain(pr, out), pr.FailOn):
		return status(exitFindings)
	}
	return nil
}

// reason is an error without the absolute path that the operating system's errors contain.
func reason(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// instead ends the message about a path that does not exist: it names what was probably meant.
func instead(root string, p pipeline.Problem) string {
	if !errors.Is(p.Err, fs.ErrNotExist) {
		return ""
	}
	if strings.ContainsAny(p.File, "*?[") {
		return "; paths are files and directories, not globs"
	}
	dir, base := path.Split(p.File)
	entries, err := os.ReadDir(walk.Abs(root, dir))
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		if e.Name() != base { // a link that leads nowhere
			names = append(names, e.Name())
		}
	}
	if near := config.Nearest(base, names); near != "" {
		return fmt.Sprintf("; did you mean `%s`?", dir+near)
	}
	return ""
}

func failing(found []rules.Finding, least string) bool {
	return slices.ContainsFunc(found, func(f rules.Finding) bool { return fails(f.Severity, least) })
}

// fails tells whether a severity is at or above the threshold.
func fails(s rules.Severity, least string) bool {
	rank := map[string]int{"never": 0, "error": 1, "warning": 2, "info": 3}
	return rank[string(s)] <= rank[least]
}

// completeValues adds shell completion for the values of flags.
func completeValues(cmd *cobra.Command) {
	values := map[string][]string{
		"format": report.Formats(), "color": {"auto", "always", "never"},
		"platform": config.Platforms(), "fail-on": config.FailLevels(),
	}
	for flag, vs := range values {
		_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(vs, cobra.ShellCompDirectiveNoFileComp)) // fails only for unknown flags
	}
	rule := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return project.RuleNames(), cobra.ShellCompDirectiveNoFileComp
	}
	_ = cmd.RegisterFlagCompletionFunc("rule", rule)
	_ = cmd.RegisterFlagCompletionFunc("disable", rule)
}
