package main

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/handlervet/handlervet/analyzers/platform"
	"github.com/handlervet/handlervet/internal/pipeline"
)

// writeHandlers lists the handlers, for people or as JSON.
func writeHandlers(w io.Writer, format string, out *pipeline.Outcome) error {
	if format == "json" {
		return handlersJSON(w, out)
	}
	undecided := 0
	for _, h := range out.Handlers {
		if h.Contract == nil {
			undecided++
		}
		if _, err := fmt.Fprint(w, handlerText(h)); err != nil {
			return err
		}
	}
	for _, note := range out.Notes {
		if _, err := fmt.Fprintf(w, "note: %s\n", note); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%s, %d undecided\n", count(len(out.Handlers), "handler", "handlers"), undecided)
	return err
}

func handlerText(h *platform.Handler) string {
	what := "undecided"
	if h.Contract != nil {
		what = fmt.Sprintf("%s %s [%s]", h.Contract.Platform, h.Contract.Shape, h.Contract.ID)
	}
	if h.Unsure {
		what += ", unsure"
	}
	text := fmt.Sprintf("%s:%d: %s: %s\n", h.File, h.Line, h.Name, what)
	if h.Or != nil {
		text += fmt.Sprintf("    or %s [%s]: only what is wrong under both is reported\n", h.Or.Shape, h.Or.ID)
	}
	if h.Runtime != "" {
		text += "    runtime " + h.Runtime + "\n"
	}
	text += budgetText("budget", h.Budget) + budgetText("gateway", h.Gateway)
	return text + "    because " + h.Why + "\n"
}

func budgetText(name string, b platform.Budget) string {
	if b.MS == 0 {
		return ""
	}
	text := fmt.Sprintf("    %s %s", name, time.Duration(b.MS)*time.Millisecond)
	if b.From != "" {
		text += " from " + b.From
	}
	if b.Place.File != "" {
		text += fmt.Sprintf(" (%s:%d)", b.Place.File, b.Place.Line)
	}
	return text + "\n"
}

// handlerJSON is one handler in the list.
type handlerJSON struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Name      string `json:"name"`
	Platform  string `json:"platform,omitempty"`
	Contract  string `json:"contract,omitempty"`
	Shape     string `json:"shape,omitempty"`
	Or        string `json:"or,omitempty"` // the contract that may hold instead
	Runtime   string `json:"runtime,omitempty"`
	BudgetMS  int    `json:"budgetMs,omitempty"`
	GatewayMS int    `json:"gatewayMs,omitempty"`
	Decided   bool   `json:"decided"`
	Unsure    bool   `json:"unsure,omitempty"`
	Why       string `json:"why"`
}

func handlersJSON(w io.Writer, out *pipeline.Outcome) error {
	list := make([]handlerJSON, 0, len(out.Handlers))
	for _, h := range out.Handlers {
		j := handlerJSON{
			File: h.File, Line: h.Line, Name: h.Name, Runtime: h.Runtime, BudgetMS: h.Budget.MS,
			GatewayMS: h.Gateway.MS, Decided: h.Contract != nil, Unsure: h.Unsure, Why: h.Why,
		}
		if c := h.Contract; c != nil {
			j.Platform, j.Contract, j.Shape = c.Platform, c.ID, c.Shape
		}
		if h.Or != nil {
			j.Or = h.Or.ID
		}
		list = append(list, j)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{"version": 1, "handlers": list, "notes": append([]string{}, out.Notes...)})
}
