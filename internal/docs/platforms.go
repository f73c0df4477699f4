package docs

import (
	"fmt"
	"strings"
	"time"

	"github.com/handlervet/handlervet/analyzers/contract"
)

// Platforms tells of each contract what happens when a handler does not keep it, under a heading for each platform.
func Platforms(list []*contract.Contract) string {
	var b strings.Builder
	platform := ""
	for _, c := range list {
		if c.Platform != platform {
			platform = c.Platform
			fmt.Fprintf(&b, "## %s\n\n", platform)
		}
		fmt.Fprintf(&b, "### `%s`\n\n| `%s` | |\n|---|---|\n", c.Shape, c.ID)
		row := func(name, text, severity string) {
			if text == "" {
				return
			}
			if severity != "" {
				text += " (" + severity + ")"
			}
			fmt.Fprintf(&b, "| %s | %s |\n", name, strings.ReplaceAll(text, "|", `\|`))
		}
		row("time limit", limit(c), "")
		row("nothing answers", c.NoCompletion, c.NoCompletionSeverity)
		row("it is answered twice", c.SecondCompletion, c.SecondCompletionSeverity)
		row("a rejection that nobody handles", c.Floating, c.FloatingSeverity)
		row("an exception in a timer, listener or callback", c.Uncaught, c.FloatingSeverity)
		row("work that is still running after the answer", c.LostWork, c.LostWorkSeverity)
		row("a returned value that is not looked at", c.IgnoredReturn, c.IgnoredReturnSeverity)
		row("a returned value of the wrong shape", c.BadReturn, c.BadReturnSeverity)
		row("the process ends", c.Exit, c.ExitSeverity)
		row("too many parameters", c.ArityError, "")
		b.WriteString("\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// limit is the time limit of a contract, "" if none is known.
func limit(c *contract.Contract) string {
	var parts []string
	add := func(format string, ms int) {
		if ms > 0 {
			parts = append(parts, fmt.Sprintf(format, time.Duration(ms)*time.Millisecond))
		}
	}
	add("%s", c.BudgetMS)
	add("at most %s", c.MaxBudgetMS)
	add("%s for what stands before it", c.GatewayMS)
	return strings.Join(parts, ", ")
}
