package server

import (
	"fmt"
	"strings"
	"time"

	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/rules"
)

// describe tells who invokes a handler, within which budget, and why that is thought.
func describe(h *platform.Handler) string {
	var b strings.Builder
	if h.Contract == nil {
		fmt.Fprintf(&b, "**`%s`** may be a handler, but its platform is undecided.\n", h.Name)
	} else {
		fmt.Fprintf(&b, "**`%s`** is a handler of **%s** `%s` (`%s`).\n", h.Name, h.Contract.Platform, h.Contract.Shape, h.Contract.ID)
	}
	line := func(what, text string) {
		if text != "" {
			fmt.Fprintf(&b, "\n* %s: %s", what, text)
		}
	}
	line("because", h.Why)
	if h.Unsure {
		line("sure", "no; `platform` in `.handlervet.yml` decides")
	}
	line("runtime", h.Runtime)
	line("budget", budget(h.Budget))
	line("gateway", budget(h.Gateway))
	if c := h.Contract; c != nil {
		line("nothing answers", c.NoCompletion)
		line("answered twice", c.SecondCompletion)
		line("work left over", c.LostWork)
	}
	return b.String()
}

func budget(b platform.Budget) string {
	if b.MS == 0 {
		return ""
	}
	text := seconds(b.MS)
	if b.From != "" {
		text += " from " + b.From
	}
	return text
}

func seconds(ms int) string {
	if ms%1000 == 0 && ms < 600_000 {
		return fmt.Sprintf("%d s", ms/1000)
	}
	return (time.Duration(ms) * time.Millisecond).String()
}

// plain is Markdown for those who show it as it is.
func plain(markdown string) string { return strings.NewReplacer("**", "", "`", "").Replace(markdown) }

// lensTitle is what stands above a handler.
func lensTitle(h *platform.Handler, found int) string {
	parts := []string{"platform undecided"}
	if h.Contract != nil {
		parts[0] = h.Contract.Platform
	}
	switch ms := leastOf(h.Budget.MS, h.Gateway.MS); {
	case ms > 0:
		parts = append(parts, seconds(ms))
	}
	switch found {
	case 0:
		parts = append(parts, "no findings")
	case 1:
		parts = append(parts, "1 finding")
	default:
		parts = append(parts, fmt.Sprintf("%d findings", found))
	}
	return strings.Join(parts, " · ")
}

// leastOf is the smaller of two limits, 0 meaning none.
func leastOf(a, b int) int {
	if a == 0 || b > 0 && b < a {
		return b
	}
	return a
}

// about are the findings about a handler.
func (a *analysis) about(h *platform.Handler) []rules.Finding {
	var list []rules.Finding
	for _, f := range a.outcome.Findings {
		if f.Handler != h.Name || h.Contract == nil || f.Platform != h.Contract.Platform {
			continue
		}
		if f.Range.File == h.File || reaches(f, h.File) {
			list = append(list, f)
		}
	}
	return list
}

// reaches tells whether a finding's path goes through a file.
func reaches(f rules.Finding, file string) bool {
	for _, s := range f.Steps {
		if s.Range.File == file {
			return true
		}
	}
	return false
}
