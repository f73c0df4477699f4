package platform

import "strings"

// lambdaSettings are what a service says about one function on Lambda.
func (s *service) lambdaSettings(name string, fn *conf) {
	owner := "function `" + name + "`"
	if runtime := s.inherited(fn, "runtime"); runtime.value.placed() {
		s.f.set(lambdaRuntime(runtime, owner))
	}
	limit := s.inherited(fn, "timeout")
	seconds, ok := limit.value.number()
	if !limit.value.placed() || !ok || managedInstances(fn) {
		return
	}
	setting := limit.value.setting(Setting{
		Kind: TimeSetting, Platform: lambdaAsync.Platform, Name: "timeout", Owner: owner,
		Amount: inMS(seconds), Known: true, Bounds: lambdaBounds,
	}, limit.key)
	events := s.events(fn)
	if gateway := s.gatewayOf(fn, events); gateway.MS > 0 {
		setting.Outer = append(setting.Outer, gatewayOuter(gateway, limit.shared))
	}
	for _, e := range events {
		if e.key == "sqs" {
			setting.Outer = append(setting.Outer, s.queue(e, limit.shared)...)
		}
	}
	s.f.set(setting)
}

// property is a value with its key, and whether others read it, too.
type property struct {
	key, value *conf
	shared     bool
}

// inherited is a property of a function, or the provider's.
func (s *service) inherited(fn *conf, name string) property {
	p := property{fn.key(name), fn.get(name), false}
	if p.value == nil {
		p = property{s.shared.key(name), s.shared.get(name), true}
	}
	p.value = s.resolve(p.value)
	return p
}

// managedInstances tells whether a function runs on Lambda Managed Instances, whose limits are others.
func managedInstances(fn *conf) bool {
	for _, e := range fn.entries() {
		if strings.Contains(strings.ToLower(e.key), "capacityprovider") {
			return true
		}
	}
	return false
}

// gatewayOf is the gateway's limit for a function that nothing but gateways invoke and wait for; zero if there is something else, or
// the gateway's limit is set to something.
func (s *service) gatewayOf(fn *conf, events []confEntry) Budget {
	var least Budget
	if fn.get("url") != nil {
		return least
	}
	for _, e := range events {
		var d declaration
		if s.event(&d, e); d.gateway.MS == 0 || setsGateway(e.value) {
			return Budget{}
		}
		if least.MS == 0 || d.gateway.MS < least.MS {
			least = d.gateway
		}
	}
	return least
}

// setsGateway tells whether an event says something about the gateway's limit: a limit of its own, or a response in a stream, which
// may take longer.
func setsGateway(event *conf) bool {
	for _, e := range event.entries() {
		name := strings.ToLower(e.key)
		if strings.Contains(name, "timeout") || strings.Contains(name, "transfer") || e.value.get("transferMode") != nil {
			return true
		}
	}
	return false
}

func gatewayOuter(gateway Budget, shared bool) Outer {
	return Outer{Budget: gateway, Does: "waits", Consequence: gatewayGivesUp, Severity: notable, Inherited: shared}
}

// queue is the visibility timeout of the queue behind an event, if the service makes the queue.
func (s *service) queue(e confEntry, shared bool) []Outer {
	arn := e.value
	if !arn.scalar {
		if inner := arn.get("arn"); inner != nil {
			arn = s.resolve(inner)
		}
	}
	name := attributeOf(arn)
	queue := s.resource(name)
	if queue.get("Type").str() != "AWS::SQS::Queue" {
		return nil
	}
	return visibility(name, queue, e.at, shared, s.resolve)
}

// resource is one of the resources that a service makes by CloudFormation.
func (s *service) resource(name string) *conf {
	resources := s.resolve(s.root.get("resources"))
	for _, part := range append([]*conf{resources}, resources.items()...) {
		if found := s.resolve(s.resolve(part).get("Resources")).get(name); found != nil {
			return s.resolve(found)
		}
	}
	return nil
}
