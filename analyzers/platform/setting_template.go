package platform

// settings are what a template says about one function.
func (t *template) settings(name string, resource *conf) {
	owner := "function `" + name + "`"
	if runtime := t.inherited(resource, "Runtime"); runtime.value.placed() {
		t.f.set(lambdaRuntime(runtime, owner))
	}
	limit := t.inherited(resource, "Timeout")
	seconds, ok := limit.value.number()
	if !limit.value.placed() || !ok || managedInstances(resource.get("Properties")) {
		return
	}
	setting := limit.value.setting(Setting{
		Kind: TimeSetting, Platform: lambdaAsync.Platform, Name: "Timeout", Owner: owner,
		Amount: inMS(seconds), Known: true, Bounds: lambdaBounds,
	}, limit.key)
	if gateway := t.gatewayOf(resource); gateway.MS > 0 {
		setting.Outer = append(setting.Outer, gatewayOuter(gateway, limit.shared))
	}
	setting.Outer = append(setting.Outer, t.queues(name, resource, limit.shared)...)
	t.f.set(setting)
}

// inherited is a property of a resource, or that of Globals.Function; a reference to a parameter is the parameter's default.
func (t *template) inherited(resource *conf, name string) property {
	own := resource.get("Properties")
	p := property{own.key(name), own.get(name), false}
	if globals := t.root.get("Globals", "Function"); p.value == nil && resource.get("Type").str() == "AWS::Serverless::Function" {
		p = property{globals.key(name), globals.get(name), true}
	}
	p.value = t.literal(p.value)
	return p
}

// literal is a value, or the default of the parameter that it refers to.
func (t *template) literal(c *conf) *conf {
	if c == nil {
		return nil
	}
	ref := c.get("Ref").str()
	if c.tag == "!Ref" {
		ref = c.text
	}
	if ref != "" {
		return t.root.get("Parameters", ref, "Default")
	}
	return c
}

// gatewayOf is the gateway's limit for a function that nothing but gateways invoke; zero if there is something else. It notes limits
// that the events set for their gateways.
func (t *template) gatewayOf(resource *conf) Budget {
	var least Budget
	others := resource.get("Properties", "FunctionUrlConfig") != nil
	for _, e := range resource.get("Properties", "Events").entries() {
		var d declaration
		if d.templateEvent(e.value); d.gateway.MS == 0 {
			others = true
			continue
		}
		d.gateway.MS = t.gatewayLimit(e.value, d.gateway.MS)
		if least.MS == 0 || d.gateway.MS < least.MS {
			least = d.gateway
		}
	}
	if others {
		return Budget{}
	}
	return least
}

// gatewayLimit is the limit that an event sets for its gateway, or the usual one.
func (t *template) gatewayLimit(event *conf, usual int) int {
	properties := event.get("Properties")
	value := t.literal(properties.get("TimeoutInMillis"))
	ms, ok := value.number()
	if !ok || !value.placed() {
		return usual
	}
	bounds := restBounds
	if event.get("Type").str() == "HttpApi" {
		bounds = httpBounds
	}
	t.f.set(value.setting(Setting{
		Kind: TimeSetting, Platform: "API Gateway", Name: "TimeoutInMillis", Amount: ms, Known: true, Bounds: bounds,
	}, properties.key("TimeoutInMillis")))
	return ms
}

// queues are the queues that a function empties, by its events or by mappings, if the template makes them.
func (t *template) queues(name string, resource *conf, shared bool) []Outer {
	var out []Outer
	add := func(arn, at *conf) {
		queue := attributeOf(arn)
		if r := t.root.get("Resources", queue); r.get("Type").str() == "AWS::SQS::Queue" {
			out = append(out, visibility(queue, r, at, shared, t.literal)...)
		}
	}
	for _, e := range resource.get("Properties", "Events").entries() {
		if e.value.get("Type").str() == "SQS" {
			add(e.value.get("Properties", "Queue"), e.value.get("Type"))
		}
	}
	for _, e := range t.root.get("Resources").entries() {
		mapping := e.value.get("Properties")
		if e.value.get("Type").str() == "AWS::Lambda::EventSourceMapping" && t.names(mapping.get("FunctionName"), name) {
			add(mapping.get("EventSourceArn"), e.value.get("Type"))
		}
	}
	return out
}

// names tells whether a value refers to a resource or to an attribute of it.
func (t *template) names(c *conf, resource string) bool {
	if c == nil {
		return false
	}
	return c.tag == "!Ref" && c.text == resource || c.get("Ref").str() == resource || attributeOf(c) == resource
}
