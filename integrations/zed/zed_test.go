// Package zed holds the settings for Zed to what can be told without Zed.
package zed

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/handlervet/handlervet/integrations/trial"
)

func TestSettings(t *testing.T) {
	text, err := os.ReadFile("settings.json")
	if err != nil {
		t.Fatal(err)
	}
	var settings struct {
		Languages map[string]struct {
			Servers []string `json:"language_servers"`
		}
		LSP map[string]struct {
			Binary struct{ Arguments []string }
		}
	}
	if err := json.Unmarshal(text, &settings); err != nil {
		t.Fatal(err)
	}
	for language, l := range settings.Languages {
		// The dots keep the servers that Zed has besides.
		if !slices.Contains(l.Servers, "...") || settings.LSP[l.Servers[0]].Binary.Arguments == nil {
			t.Errorf("%s: %v", language, l.Servers)
		}
	}
	for name, server := range settings.LSP {
		trial.Must(t, ".", nil, trial.Binary(t), append(server.Binary.Arguments, "--help")...)
		if len(settings.Languages) == 0 {
			t.Errorf("nothing starts %s", name)
		}
	}
}
