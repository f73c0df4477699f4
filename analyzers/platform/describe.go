package platform

import (
	"fmt"
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
