package npm

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// manifest is a package.json.
type manifest map[string]any

// serve is a registry that has the packages in a directory, as build.mjs makes it. It knows the platforms that were not built, too, by what
// their names say: npm has to see that they are for others, and must not download them.
func serve(t *testing.T, made string) string {
	t.Helper()
	main := readManifest(t, filepath.Join(made, "handlervet"))
	for _, script := range []string{"preinstall", "install", "postinstall"} {
		if scripts, ok := main["scripts"].(map[string]any); ok && scripts[script] != nil {
			t.Errorf("the package has a script %s", script)
		}
	}
	packages := map[string]manifest{"handlervet": main}
	for name := range main["optionalDependencies"].(map[string]any) {
		platform := strings.TrimPrefix(name, "@handlervet/")
		if _, err := os.Stat(filepath.Join(made, platform)); err == nil {
			packages[name] = readManifest(t, filepath.Join(made, platform))
			continue
		}
		system, cpu, _ := strings.Cut(platform, "-")
		packages[name] = manifest{"name": name, "version": version, "os": []string{system}, "cpu": []string{cpu}}
	}
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		m, ok := packages[strings.TrimPrefix(r.URL.Path, "/")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_ = json.NewEncoder(w).Encode(document(m, made, server.URL))
	})
	mux.HandleFunc("/tarballs/", func(w http.ResponseWriter, r *http.Request) {
		file := filepath.Join(made, filepath.Base(r.URL.Path))
		if _, err := os.Stat(file); err != nil {
			t.Errorf("npm downloads %s, which is for another platform", r.URL.Path)
		}
		http.ServeFile(w, r, file)
	})
	return server.URL
}

func readManifest(t *testing.T, dir string) manifest {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// document is what a registry says of a package that has one version.
func document(m manifest, made, url string) map[string]any {
	name := m["name"].(string)
	tarball := strings.ReplaceAll(strings.TrimPrefix(name, "@"), "/", "-") + "-" + version + ".tgz"
	dist := map[string]any{"tarball": url + "/tarballs/" + tarball}
	if text, err := os.ReadFile(filepath.Join(made, tarball)); err == nil {
		sum := sha512.Sum512(text)
		dist["integrity"] = "sha512-" + base64.StdEncoding.EncodeToString(sum[:])
	}
	one := map[string]any{"dist": dist}
	for k, v := range m {
		one[k] = v
	}
	return map[string]any{"name": name, "dist-tags": map[string]any{"latest": version}, "versions": map[string]any{version: one}}
}
