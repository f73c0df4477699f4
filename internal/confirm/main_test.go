package confirm

import (
	"fmt"
	"os"
	"testing"
)

// parrot makes the test binary a child that says what it was told to.
const parrot = "sandbox-parrot"

// TestMain makes the test binary a sandbox when it is started as one.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == ChildCommand {
		if err := Serve(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 2 && os.Args[1] == parrot {
		_, _ = os.Stdout.WriteString(os.Args[2]) // the parent may have gone
		os.Exit(0)
	}
	os.Exit(m.Run())
}
