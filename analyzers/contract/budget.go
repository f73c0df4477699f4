package contract

import (
	"fmt"
	"strconv"
	"strings"
)

// Place is a position in a deployment file.
type Place struct {
	File       string // relative to the root
	Start, End int    // byte offsets
	Line       int    // from 1
}

// Budget is a time limit and where it was found.
type Budget struct {
	MS    int // 0: unknown or none
	From  string
	Place Place // zero if it is the platform's default
}

// UnknownBudget starts From of a limit that exists and cannot be told.
const UnknownBudget = "unknown: "

// String is the limit and where it comes from: `10 s (Twilio Functions's default)`.
func (b Budget) String() string {
	switch {
	case b.MS == 0 && b.From == "":
		return "none"
	case b.MS == 0 && strings.HasPrefix(b.From, UnknownBudget):
		return "unknown (" + strings.TrimPrefix(b.From, UnknownBudget) + ")"
	case b.MS == 0:
		return "none (" + b.From + ")"
	}
	return fmt.Sprintf("%s (%s)", Duration(b.MS), b.From)
}

// Duration is an amount of ms for people: `10 s`, `15 min`.
func Duration(ms int) string {
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
