//go:build !unix

package server

import "os"

// alive tells whether a process is running.
func alive(pid int) bool {
	process, err := os.FindProcess(pid) // fails on Windows if there is none
	if err != nil {
		return false
	}
	_ = process.Release() // it was only asked for
	return true
}
