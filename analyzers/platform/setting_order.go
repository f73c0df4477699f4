package platform

import (
	"cmp"
	"slices"
)

// finishSettings judges what needs the whole tree, and brings the settings into the order of their places.
func (f *finder) finishSettings() {
	f.azureOutlived()
	f.packageSettings()
	slices.SortStableFunc(f.project.Settings, func(a, b Setting) int {
		return cmp.Or(cmp.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Start, b.Place.Start), cmp.Compare(a.Owner, b.Owner))
	})
}

// azureOutlived holds the functionTimeout of a host.json against what stands before HTTP functions, if it has no others: raised above
// the default, it was meant for somebody.
func (f *finder) azureOutlived() {
	for i := range f.project.Settings {
		s := &f.project.Settings[i]
		if s.Platform != azureV3.Platform || s.Kind != TimeSetting || s.Amount <= azureBudgetMS {
			continue
		}
		if f.allHTTP(dirOf(s.Place.File)) {
			s.Outer = append(s.Outer, Outer{
				Budget:      Budget{MS: azureGatewayMS, From: "Azure's load balancer"},
				Does:        "waits",
				Consequence: azureOutlives, Severity: notable,
			})
		}
	}
}

// allHTTP tells whether there are functions below a folder, and HTTP triggers all of them.
func (f *finder) allHTTP(dir string) bool {
	some := false
	for _, h := range f.project.Handlers {
		if _, ok := below(dir, h.File); !ok {
			continue
		}
		if some = true; !h.HTTP {
			return false
		}
	}
	return some
}
