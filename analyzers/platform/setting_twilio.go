package platform

// twilioRuntime is the runtime of a .twilioserverlessrc.
func twilioRuntime(value, key *conf) Setting {
	s := value.setting(Setting{Kind: RuntimeSetting, Platform: twilio.Platform, Name: "runtime"}, key)
	s.Retired = retirement(twilioRetirements(), nodeMajor(s.Text))
	return s
}
