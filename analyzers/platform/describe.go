package platform

import (
	"fmt"
	"strconv"
	"strings"
)

// Describe is the handler in one line, for `--list-handlers`: place, name, platform, contract, time limit and why.
func (h *Handler) Describe() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d  %s  ", h.File, h.Line, h.Name)
	if h.Contract == nil {
		b.WriteString("undecided")
	} else {
		fmt.Fprintf(&b, "%s [%s]", h.Contract.Platform, h.Contract.ID)
	}
	if h.Runtime != "" {
		b.WriteString("  " + h.Runtime)
	}
	if h.Contract != nil {
		b.WriteString("  budget " + h.Budget.String())
		if h.Gateway.MS > 0 {
			b.WriteString(", gateway " + h.Gateway.String())
		}
	}
	b.WriteString("  (" + h.Why)
	if h.Unsure {
		b.WriteString("; unsure")
	}
	b.WriteString(")")
	return b.String()
}

// unknownBudget starts From of a limit that exists and cannot be told.
const unknownBudget = "unknown: "

// String is the limit and where it comes from: `10 s (Twilio Functions's default)`.
func (b Budget) String() string {
	switch {
	case b.MS == 0 && b.From == "":
		return "none"
	case b.MS == 0 && strings.HasPrefix(b.From, unknownBudget):
		return "unknown (" + strings.TrimPrefix(b.From, unknownBudget) + ")"
	case b.MS == 0:
		return "none (" + b.From + ")"
	}
	return fmt.Sprintf("%s (%s)", duration(b.MS), b.From)
}

func duration(ms int) string {
	switch {
	case ms%60_000 == 0 && ms > 60_000:
		return fmt.Sprintf("%d min", ms/60_000)
	case ms%1000 == 0:
		return fmt.Sprintf("%d s", ms/1000)
	}
	return fmt.Sprintf("%d ms", ms)
}

// Size is an amount of bytes for people: `4.5 MB`, as vendors write it.
func Size(bytes int) string {
	switch {
	case bytes >= 1<<20:
		return hundredths(float64(bytes)/(1<<20)) + " MB"
	case bytes >= 1<<10:
		return hundredths(float64(bytes)/(1<<10)) + " kB"
	}
	return strconv.Itoa(bytes) + " bytes"
}

func hundredths(x float64) string {
	return strings.TrimRight(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
}
