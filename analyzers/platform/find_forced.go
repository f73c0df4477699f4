package platform

// forced takes the platform of the options where nothing else decides.
func (f *finder) forced(v verdict) verdict {
	if f.options.Platform == "" || v.why == "" {
		return v
	}
	return verdict{platform: f.options.Platform, why: "`platform: " + f.options.Platform + "` in the configuration"}
}

// forcedContract is the contract of a platform that the options name.
func forcedContract(platform string) *Contract {
	switch platform {
	case "vercel":
		return vercelNode
	case "next":
		return nextPages
	case "azure":
		return azureV3
	case "gcf":
		return gcfHTTP
	case "cloudflare":
		return cloudflareModule
	}
	return nil
}
