package platform

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/handlervet/handlervet/analyzers/jsparse"
)

// nextDuration is the maxDuration of a file of Next's, which only Vercel reads.
func (f *finder) nextDuration(s *source, c *Contract) {
	if !isNext(c) {
		return
	}
	for _, x := range []jsparse.Expr{s.configValue("maxDuration"), s.exportedValue("maxDuration")} {
		if lit, ok := x.(*jsparse.Literal); ok {
			f.set(s.duration(lit))
		}
	}
}

// bodySettings is the limit that a file below pages/api sets for requests, if it runs on Vercel, which has one of its own.
//
// Source: vercel/next.js, packages/next/src/server/api-utils/node/api-resolver.ts (config.api.bodyParser.sizeLimit).
func (f *finder) bodySettings(s *source) {
	if !f.onVercel(s.path) {
		return
	}
	api := s.objectOf(s.configValue("api"))
	parser := s.objectOf(propertyValue(api, "bodyParser"))
	lit, ok := propertyValue(parser, "sizeLimit").(*jsparse.Literal)
	if !ok {
		return
	}
	if n, known := sizeOf(lit.Value); known {
		f.set(Setting{
			Kind: SizeSetting, Platform: vercelNode.Platform, Name: "sizeLimit", Text: lit.Value, Place: s.at(lit),
			Amount: n, Known: true, Bounds: vercelBody,
		})
	}
}

// vercelBody is what Vercel takes as the body of a request.
//
// Source: vercel.com, docs/functions/limitations (4.5 MB; 413 FUNCTION_PAYLOAD_TOO_LARGE).
var vercelBody = Bounds{Max: vercelBodyBytes, Unit: 1, Refusal: "Vercel answers 413 FUNCTION_PAYLOAD_TOO_LARGE before the function sees a larger one"}

// vercelBodyBytes is 4.5 MB.
const vercelBodyBytes = 4_718_592

// sizes are the words for sizes that Next understands: those of the package bytes.
var sizes = regexp.MustCompile(`^([\d.]+) *(b|kb|mb|gb)?$`)

// sizeOf are the bytes of `10mb`.
func sizeOf(written string) (int, bool) {
	m := sizes.FindStringSubmatch(strings.ToLower(strings.TrimSpace(written)))
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return 0, false
	}
	unit := map[string]float64{"": 1, "b": 1, "kb": 1 << 10, "mb": 1 << 20, "gb": 1 << 30}[m[2]]
	return int(min(n*unit, math.MaxInt32)), true
}
