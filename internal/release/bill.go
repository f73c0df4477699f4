package main

import (
	"debug/buildinfo"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/CycloneDX/cyclonedx-go"
)

// bill writes what a platform's binary is made of, as CycloneDX: the modules that Go wrote into the binary itself.
func (r *release) bill(platform string) error {
	info, err := buildinfo.ReadFile(r.file(platform))
	if err != nil {
		return err
	}
	own := component(cyclonedx.ComponentTypeApplication, info.Main.Path, "v"+r.version)
	own.Licenses = &cyclonedx.Licenses{{License: &cyclonedx.License{ID: "Apache-2.0"}}}
	standard := component(cyclonedx.ComponentTypeLibrary, "std", strings.TrimPrefix(info.GoVersion, "go"))
	components := []cyclonedx.Component{standard}
	for _, m := range info.Deps {
		if m.Replace != nil && strings.HasPrefix(m.Replace.Path, "./") {
			continue // a part of this repository
		}
		components = append(components, component(cyclonedx.ComponentTypeLibrary, m.Path, m.Version))
	}
	var needs []string
	for _, c := range components {
		needs = append(needs, c.BOMRef)
	}
	bom := cyclonedx.NewBOM()
	bom.Metadata = &cyclonedx.Metadata{Timestamp: r.time.Format(time.RFC3339), Component: &own}
	bom.Components = &components
	bom.Dependencies = &[]cyclonedx.Dependency{{Ref: own.BOMRef, Dependencies: &needs}}
	return toFile(filepath.Join(r.out, "handlervet-"+r.version+"-"+platform+".cdx.json"), func(w io.Writer) error {
		return cyclonedx.NewBOMEncoder(w, cyclonedx.BOMFileFormatJSON).SetPretty(true).Encode(bom)
	})
}

func component(kind cyclonedx.ComponentType, path, version string) cyclonedx.Component {
	url := "pkg:golang/" + path + "@" + version
	return cyclonedx.Component{Type: kind, BOMRef: url, Name: path, Version: version, PackageURL: url}
}
