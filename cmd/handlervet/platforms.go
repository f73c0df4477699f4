package main

// platforms are the values of --platform.
func platforms() []string {
	return []string{"azure", "cloudflare", "gcf", "lambda", "netlify", "next", "twilio", "vercel"}
}
