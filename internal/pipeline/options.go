// Package pipeline takes a tree the whole way: files → handlers → graphs → outcomes → findings. It
// does the work that belongs to no single step: running the steps in parallel, isolating the
// failure of one file from the others, and sorting the findings.
package pipeline

import (
	"slices"
	"time"

	"github.com/handlervet/handlervet/analyzers/flow"
	"github.com/handlervet/handlervet/analyzers/jsflow"
	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/baseline"
	"github.com/handlervet/handlervet/internal/cache"
	"github.com/handlervet/handlervet/internal/suppress"
	"github.com/handlervet/handlervet/rules"
)

// Options says what to check and how.
type Options struct {
	Root   string   // absolute
	Paths  []string // absolute; none means the root
	Ignore []string // globs of files to leave out
	Closed bool     // the root holds the project and nothing else
	// Platform and Runtime decide where nothing in the project does.
	Platform, Runtime string
	Rules             []rules.Rule
	// Names are those of all rules there are, which suppressions may name; nil means those of Rules.
	Names []string
	// Severity are levels by rule name that replace the rules' own; "off" leaves findings out.
	Severity map[string]string
	// NeedsReason demands a reason in each suppression.
	NeedsReason bool
	Baseline    baseline.Set
	Limits      flow.Limits
	// Progress, if not nil, is told from time to time how many handlers are done.
	Progress func(done, total int)
	// Overlay are texts that replace those on disk, by name.
	Overlay map[string]string
	// Shard is the part of the handlers to analyse.
	Shard Shard
	// Cache, if not nil, keeps what was found for the next run. What comes from it has no Handlers.
	Cache *cache.Cache
	// HandlersOnly stops once the handlers are known.
	HandlersOnly bool
}

// asks tells whether a rule runs at all.
func (o *Options) asks(r rules.Rule) bool {
	level := o.Severity[r.Name]
	return level != "off" && (level != "" || !r.OptIn)
}

// Problem is something that kept handlervet from doing its work: a file that cannot be read.
type Problem struct {
	File string
	Err  error
}

// Outcome is what a run found.
type Outcome struct {
	Findings   []rules.Finding // sorted by place, with fingerprints
	Suppressed []rules.Finding // allowed by a comment
	Known      []rules.Finding // in the baseline
	Handlers   []*platform.Handler
	Notes      []string // what --list-handlers should say besides
	Problems   []Problem
	Stats      Stats

	broken  []rules.Finding // deployment files that cannot be understood
	project *platform.Project
	tree    *tree
	lowerer *jsflow.Lowerer
	checked []string
	// directives are the suppressions of files that are not parsed as scripts.
	directives []suppress.Directive
	used       []flow.Range
}

// Checked says whether a file lies under the paths that were to be checked.
func (out *Outcome) Checked(file string) bool {
	_, ok := slices.BinarySearch(out.checked, file)
	return ok
}

// Read returns a file of the project as it was checked.
func (out *Outcome) Read(file string) ([]byte, error) { return out.tree.Read(file) }

// Text is the text of a file of the project, "" if it cannot be read.
func (out *Outcome) Text(file string) string {
	text, err := out.tree.Read(file)
	if err != nil {
		return ""
	}
	return string(text)
}

// Stats says what the work was. The times are sums over all goroutines, except Total.
type Stats struct {
	Files    int   // under the paths checked
	Scripts  int   // of them JavaScript or TypeScript
	Parsed   int   // files parsed, helpers outside the paths included
	Bytes    int64 // of the files parsed
	Handlers int
	Checked  int // handlers with a known contract and function
	Capped   int // handlers where a bound was hit, so that rules stay silent
	States   int // that the solver visited

	Walk, Discover, Parse, Lower, Solve, Rules, Total time.Duration
	// PeakMemory is the most memory the process ever had, in bytes; 0 if unknown.
	PeakMemory int64
	// ParsedFiles are the names of the files parsed, sorted.
	ParsedFiles []string
	// Cached says what was known from an earlier run.
	Cached Cached
	// Unseen are handlers that could not be lowered, with the reason.
	Unseen []Unseen
}

// Cached says how much of a check was taken from the cache.
type Cached struct {
	Asked bool // there is a cache
	Whole bool // nothing has changed since an earlier run, which said it all
	// Handlers are those of which nothing that matters has changed; Go means that nothing of the Go modules has.
	Handlers int
	Go       bool
}

// Unseen is a handler whose function is out of sight.
type Unseen struct {
	File, Handler, Reason string
}
