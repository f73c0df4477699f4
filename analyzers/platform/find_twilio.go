package platform

import (
	"path"
	"strings"
)

// claimTwilio takes the files of the folder of functions of a Twilio project.
func (f *finder) claimTwilio(file string) *claim {
	if path.Ext(file) != ".js" {
		return nil
	}
	_, dir, strong := f.twilioProject(file)
	if !strong {
		return nil
	}
	return &claim{find: (*finder).findTwilio, dir: dir, why: "in the functions of a Twilio project"}
}

// findTwilio finds `exports.handler`.
//
// Source: twilio-labs/serverless-toolkit, runtime-handler, functionRunner.ts.
func (f *finder) findTwilio(s *source, c *claim) []*Handler {
	in, e := f.follow(s, "handler")
	if e == nil {
		return nil
	}
	sh := f.shapeOf(in, e.entry)
	if !sh.isFunction(e.entry) {
		return nil
	}
	h := in.found("handler", e.entry, twilioContract(sh), c.why)
	h.Path = f.twilioPath(s.path)
	f.twilioLimits(h)
	return []*Handler{h}
}

// twilioContract is that of a function, or what the token validator makes of it.
func twilioContract(sh shape) *Contract {
	if sh.contract == twilioValidated.ID {
		return twilioValidated
	}
	return twilio
}

func (f *finder) twilioLimits(h *Handler) {
	h.HTTP = true
	h.Private = strings.Contains(path.Base(h.File), ".private.")
	if config, _, _ := f.twilioProject(h.File); config != nil {
		h.Runtime = config.runtime
	}
	if h.Runtime == "" {
		h.Runtime = f.nodeOf(h.File)
	}
	h.withDefaults()
}

// twilioPath is the path of the URL that a file is deployed to: without the folder of functions and what says who may call it.
//
// Source: twilio-labs/serverless-toolkit, packages/serverless-api/src/utils/fs.ts (getPathAndAccessFromFileInfo).
func (f *finder) twilioPath(file string) string {
	config, dir, _ := f.twilioProject(file)
	rest, _ := below(dir, file)
	_, in, _ := strings.Cut(rest, "/")
	if config != nil && config.functions != "" {
		in, _ = below(join(dir, config.functions), file)
	}
	for _, suffix := range []string{".js", ".protected", ".private"} {
		in = strings.TrimSuffix(in, suffix)
	}
	return "/" + in
}
