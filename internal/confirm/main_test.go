package confirm

import (
	"os"
	"testing"
)

// parrot makes the test binary a child that says what it was told to.
const parrot = "sandbox-parrot"

// TestMain makes the test binary a sandbox when it is started as one.
func TestMain(m *testing.M) {
	ServeIfChild()
	if len(os.Args) > 2 && os.Args[1] == parrot {
		_, _ = os.Stdout.WriteString(os.Args[2]) // the parent may have gone
		os.Exit(0)
	}
	os.Exit(m.Run())
}
