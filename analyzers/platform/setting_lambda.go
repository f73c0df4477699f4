package platform

import (
	"regexp"
	"strings"
)

// lambdaNode is Lambda's name of a version of Node.
var lambdaNode = regexp.MustCompile(`^nodejs\d+(\.\w+)?$`)

// lambdaRuntime is the runtime of a function on Lambda.
func lambdaRuntime(p property, owner string) Setting {
	s := p.value.setting(Setting{Kind: RuntimeSetting, Platform: lambdaAsync.Platform, Name: p.key.text, Owner: owner}, p.key)
	if lambdaNode.MatchString(s.Text) {
		s.Retired = retirement(lambdaRetirements(), nodeMajor(s.Text))
	}
	return s
}

// attributeOf is the resource whose attribute a value is: `!GetAtt Queue.Arn`, `Fn::GetAtt: [Queue, Arn]`; "" if it is none.
func attributeOf(c *conf) string {
	if c == nil {
		return ""
	}
	att := c.get("Fn::GetAtt")
	if c.tag == "!GetAtt" {
		att = c
	}
	if att == nil {
		return ""
	}
	if items := att.items(); len(items) > 0 {
		return items[0].str()
	}
	name, _, _ := strings.Cut(att.text, ".")
	return name
}

// visibility is what a queue's visibility timeout says to the function that empties it. Resolve finds the literal behind a reference.
func visibility(name string, queue, event *conf, shared bool, resolve func(*conf) *conf) []Outer {
	o := Outer{
		Budget: Budget{MS: visibilityDefaultMS, From: "the default visibility timeout of queue `" + name + "`", Place: event.place()},
		Does:   "lasts", Consequence: queueRefuses, Severity: severe, Inherited: shared, Advised: visibilityAdvised,
	}
	properties := queue.get("Properties")
	if written := properties.get("VisibilityTimeout"); written != nil {
		value := resolve(written)
		seconds, ok := value.number()
		if !ok || !value.placed() {
			return nil
		}
		own := value.setting(Setting{
			Kind: TimeSetting, Platform: "Amazon SQS", Name: "VisibilityTimeout", Amount: inMS(seconds), Known: true, Bounds: Bounds{Unit: 1000},
		}, properties.key("VisibilityTimeout"))
		o.MS, o.From, o.Own = own.Amount, "the visibility timeout of queue `"+name+"`", &own
	}
	return []Outer{o}
}

// compiled tells whether a runtime is that of programs, such as those in Go: their handlers are found in the code, their settings here.
func compiled(runtime string) bool { return strings.HasPrefix(runtime, "provided") }
