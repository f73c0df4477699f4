package platform

// googleSettings are what a service says about one function of Google's.
func (s *service) googleSettings(name string, fn *conf, event bool) {
	limit := s.inherited(fn, "timeout")
	ms := seconds(limit.value.str())
	if !limit.value.placed() || ms == 0 {
		return
	}
	setting := Setting{
		Kind: TimeSetting, Platform: gcfHTTP.Platform, Name: "timeout", Owner: "function `" + name + "`",
		Amount: ms, Known: true, Bounds: googleHTTPBounds,
	}
	if event {
		setting.Bounds = googleEventBounds
	}
	s.f.set(limit.value.setting(setting, limit.key))
}
