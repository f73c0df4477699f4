package confirm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/handlervet/handlervet/internal/confirm/sandbox"
	"github.com/handlervet/handlervet/rules"
)

// Verdict is what running a suspect path showed.
type Verdict string

// The verdicts.
const (
	// Confirmed: a run shows it, it was replayed, and nothing in it rests on what cannot be known.
	Confirmed Verdict = "confirmed"
	// Conditional: a run shows it under the assumption that Reason names.
	Conditional Verdict = "conditional"
	// Refuted: no counterexample within the bounds that Reason names. The finding stays.
	Refuted Verdict = "refuted"
	// Unconfirmed: none of these; Reason says why.
	Unconfirmed Verdict = "unconfirmed"
)

// Result is the verdict on one finding.
type Result struct {
	Verdict Verdict  `json:"verdict"`
	Reason  string   `json:"reason,omitempty"`
	Witness []string `json:"witness,omitempty"`
	Trace   []string `json:"trace,omitempty"`
	// Moments are the witness in parts.
	Moments []rules.Moment `json:"moments,omitempty"`
	Runs    int            `json:"runs"`
	// Fixes are what became of the claim's, in their order; only of what is confirmed.
	Fixes []Fixed `json:"fixes,omitempty"`
	// searched means that the search was not kept from anything: what it did not find, it can be said not to have found.
	searched bool
	// undefined means that runs ended at a name that nothing defines.
	undefined bool
	// Test is a test file of the run that shows it, if one was asked for; TestError why there is none.
	Test      string `json:"test,omitempty"`
	TestError string `json:"testError,omitempty"`
	// best is the run that shows it, job what was run.
	best     *shown
	job      *sandbox.Job
	stubborn bool
}

// shown is the best run so far that shows what is asked.
type shown struct {
	plan []int
	run  *sandbox.Run
	what string
	cost int
}

// judge searches for a run that shows what a rule claims, and says what may be said.
func judge(job *sandbox.Job, q *question, shows property, stubborn bool, limit int) Result {
	s := &search{job: job, limit: limit, stubborn: stubborn, near: q.concerns, silence: q.silence && !job.Warm}
	var clean, assumed, doubtful *shown
	reached, answered, guarded, sampled := false, false, "", false
	extra, undefined := 0, false
	s.explore(func(plan []int, r *sandbox.Run) bool {
		reached = reached || r.Reached
		answered = answered || len(r.Explicit()) > 0
		sampled = sampled || r.Sampled
		undefined = undefined || lacks(r)
		if stopped := unfinished(r); stopped != "" && (r.End != sandbox.NoStart || s.runs == 1) {
			guarded = stopped
		}
		what := ""
		if r.Reached && r.End != sandbox.Guard && r.End != sandbox.NoStart {
			what = shows(q, r)
		}
		if what != "" {
			found := &shown{plan, r, what, cost(r)}
			if q.aside(r) {
				found.cost += awry
			}
			switch {
			case len(r.Doubts) > 0 || assumes(r):
				doubtful = better(doubtful, found)
			case assumption(r, stubborn) != "":
				assumed = better(assumed, found)
			default:
				clean = better(clean, found)
			}
		}
		if clean != nil && (answered || !q.emptyAnswer()) {
			extra++
		}
		enough := 8
		if clean != nil && q.aside(clean.run) {
			enough = 40
		}
		return extra > enough || r.End == sandbox.NoStart || r.Slow
	})
	out := Result{Runs: s.runs, searched: clean == nil && assumed == nil && doubtful == nil && guarded == "", undefined: undefined}
	switch {
	case clean != nil && q.emptyAnswer() && !answered && clean.run.End == sandbox.Idle:
		out.Verdict, out.Reason = Unconfirmed, "no run answers, and "+q.contract.Platform+" answers for a handler that does not"
	case clean != nil:
		out = conclude(job, q, clean, stubborn, Confirmed, "")
	case assumed != nil:
		out = conclude(job, q, assumed, stubborn, Conditional, assumption(assumed.run, stubborn))
	case doubtful != nil:
		out.Verdict, out.Reason = Unconfirmed, "a run shows it, but "+doubt(doubtful.run)
	case guarded != "":
		out.Verdict, out.Reason = Unconfirmed, guarded
	case !reached:
		out.Verdict, out.Reason = Unconfirmed, fmt.Sprintf("none of %d runs reached the line", s.runs)
	case s.exhausted && !sampled:
		out.Verdict = Refuted
		out.Reason = fmt.Sprintf("no counterexample in %d runs, which are all with at most %d faults", s.runs, maxFaults)
	default:
		out.Verdict, out.Reason = Unconfirmed, fmt.Sprintf("no such run among the first %d", s.runs)
	}
	out.Runs = s.runs
	return out
}

// unfinished is why a run says nothing about what else might have happened, "" if it does.
func unfinished(r *sandbox.Run) string {
	switch {
	case r.End == sandbox.Guard || r.End == sandbox.NoStart:
		return r.Reason
	case r.End == sandbox.Spin && r.Progress:
		return "the code takes more steps than the sandbox allows"
	case r.Reached && (len(r.Doubts) > 0 || assumes(r)):
		return doubt(r)
	}
	return ""
}

// lacks tells whether a run met a name that nothing defines.
func lacks(r *sandbox.Run) bool {
	const undefined = "is not defined"
	return strings.Contains(r.Threw, undefined) || slices.ContainsFunc(r.Loose, func(l sandbox.Loose) bool { return strings.Contains(l.What, undefined) })
}

// better keeps the cheaper of two witnesses; the first of equals.
func better(old, found *shown) *shown {
	if old == nil || found.cost < old.cost {
		return found
	}
	return old
}

// awry is what it costs a witness that it shows the same elsewhere than on the lines of the finding.
const awry = 600

// cost is how much a witness asks its reader to follow.
func cost(r *sandbox.Run) int {
	n, again := 0, 0
	before := map[string]int{}
	for _, c := range r.Choices {
		if c.Taken != 0 {
			n++
		}
		if taken, ok := before[c.Label]; ok {
			again++
			if taken != c.Taken {
				n += 3 // the same question, another answer
			}
		}
		before[c.Label] = c.Taken
		switch c.Options[c.Taken].Fault {
		case sandbox.NoFault:
		case sandbox.Absent, sandbox.Unfired:
			n += 15
		default:
			n += 10
		}
		if c.Kind == "throws" && c.Taken != 0 {
			n += 4
		}
		if c.Kind == "equal" && c.Options[c.Taken].Text == "equal" {
			n++
		}
	}
	return n*10 + 3*again + len(r.Choices)
}

// assumes tells whether an answer was only played by the sandbox.
func assumes(r *sandbox.Run) bool {
	return slices.ContainsFunc(r.Answers, func(a sandbox.Answer) bool { return a.Assumed })
}

func doubt(r *sandbox.Run) string {
	if len(r.Doubts) > 0 {
		return strings.Join(r.Doubts, ", and ")
	}
	return "code that cannot be seen may answer"
}

// assumption is what a run supposes of the world, "" if nothing that does not happen.
func assumption(r *sandbox.Run, stubborn bool) string {
	for _, c := range r.Choices {
		switch c.Options[c.Taken].Fault {
		case sandbox.Hang:
			return "if " + c.Label + " " + c.Options[c.Taken].Text
		case sandbox.Unfired:
			return "if the event " + c.Label + " never happens"
		case sandbox.Oddity:
			return "if a call outside fails with something that is not an Error"
		case sandbox.Overlap:
			return "if the next request comes to the same process while work of this one still runs"
		}
	}
	var all []string
	if len(r.Supposed) > 0 {
		all = append(all, "something outside the project defines `"+r.Supposed[0]+"`")
	}
	if i := slices.IndexFunc(r.Choices, func(c sandbox.Choice) bool { return c.Settled && c.Kind != "settle" }); stubborn && i >= 0 {
		all = append(all, r.Choices[i].Text()+" each time")
	}
	if len(all) == 0 {
		return ""
	}
	return "if " + strings.Join(all, ", and ")
}

// conclude replays a run: only what repeats is told.
func conclude(job *sandbox.Job, q *question, s *shown, stubborn bool, v Verdict, reason string) Result {
	again := sandbox.Execute(job, s.plan, stubborn)
	if !same(again, s.run) {
		return Result{Verdict: Unconfirmed, Reason: "a run shows it, but its replay went otherwise"}
	}
	return Result{Verdict: v, Reason: reason, Witness: witness(q, s, false), Trace: witness(q, s, true), Moments: moments(q, s, false), best: s, job: job, stubborn: stubborn}
}

// same tells whether two runs took the same decisions to the same end.
func same(a, b *sandbox.Run) bool {
	if a.End != b.End || a.At != b.At || len(a.Choices) != len(b.Choices) || len(a.Answers) != len(b.Answers) || len(a.Loose) != len(b.Loose) {
		return false
	}
	for i := range a.Choices {
		x, y := &a.Choices[i], &b.Choices[i]
		if x.Label != y.Label || x.Taken != y.Taken || x.Place != y.Place {
			return false
		}
	}
	return slices.Equal(a.Answers, b.Answers)
}
