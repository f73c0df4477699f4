package cache

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/handlervet/handlervet/internal/walk"
)

// Build names the program that runs: what another one found is not its own. A release, or a build of a commit, is named by its
// version, so that all machines agree; of any other build, nothing but the file itself tells what it is.
func Build() string {
	version := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
	}
	name := fmt.Sprintf("%s %s %s/%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if version != "" && version != "(devel)" && !strings.Contains(version, "dirty") {
		return name
	}
	exe, err := os.Executable()
	if err != nil {
		return ""
	}
	stamp, err := walk.StampOf(exe)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%s %s %v", name, exe, stamp)
}
