package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

func output(git string, in io.Reader, args ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"--git-dir", git}, args...)...)
	cmd.Stdin = in
	out, err := cmd.Output()
	return string(out), err
}

// manifests are the paths at which a repository keeps the packages that it releases.
var manifests = regexp.MustCompile(`^(packages/([^/]+/)?[^/]+/)?package\.json$`)

// packageFiles are the blobs of the package.json of a tag's packages. A tag that leads to no files has none.
func packageFiles(git, tag string) []string {
	list, err := output(git, nil, "ls-tree", "-r", "refs/tags/"+tag)
	if err != nil {
		return nil
	}
	var out []string
	for line := range strings.Lines(list) {
		head, path, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if fields := strings.Fields(head); len(fields) == 3 && manifests.MatchString(path) {
			out = append(out, fields[2])
		}
	}
	return out
}

// texts calls take for the contents of each blob, in order.
func texts(git string, blobs []string, take func(blob string, text []byte)) error {
	out, err := output(git, strings.NewReader(strings.Join(blobs, "\n")+"\n"), "cat-file", "--batch")
	if err != nil {
		return err
	}
	r := bufio.NewReader(bytes.NewReader([]byte(out)))
	for range blobs {
		head, err := r.ReadString('\n')
		if err != nil {
			return err
		}
		fields := strings.Fields(head)
		if len(fields) != 3 {
			continue // missing
		}
		size, err := strconv.Atoi(fields[2])
		if err != nil {
			return fmt.Errorf("git cat-file says %q", head)
		}
		text := make([]byte, size+1)
		if _, err := io.ReadFull(r, text); err != nil {
			return err
		}
		take(fields[0], text[:size])
	}
	return nil
}
