package platform

import (
	"slices"
	"strings"
	"testing"

	"github.com/handlervet/handlervet/analyzers/flow"
)

// TestContracts holds every contract to what the rules and the lowering read in it.
func TestContracts(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Contracts() {
		t.Run(c.ID, func(t *testing.T) {
			if seen[c.ID] {
				t.Error("the ID stands for two contracts")
			}
			seen[c.ID] = true
			if ContractByID(c.ID) != c {
				t.Error("ContractByID finds another one")
			}
			for name, text := range map[string]string{"ID": c.ID, "Platform": c.Platform, "Shape": c.Shape, "NoCompletion": c.NoCompletion, "Floating": c.Floating, "LostWork": c.LostWork} {
				if text == "" {
					t.Errorf("%s is empty", name)
				}
			}
			checkClauses(t, c)
			checkArguments(t, c)
			checkCompletion(t, c)
		})
	}
	if ContractByID("nobody's") != nil {
		t.Error("ContractByID finds what is not there")
	}
}

// checkClauses: a rule needs what it says and how loud it says it, or neither.
func checkClauses(t *testing.T, c *Contract) {
	for _, clause := range []struct{ name, text, severity string }{
		{"NoCompletion", c.NoCompletion, c.NoCompletionSeverity},
		{"SecondCompletion", c.SecondCompletion, c.SecondCompletionSeverity},
		{"Floating", c.Floating, c.FloatingSeverity},
		{"LostWork", c.LostWork, c.LostWorkSeverity},
		{"IgnoredReturn", c.IgnoredReturn, c.IgnoredReturnSeverity},
		{"BadReturn", c.BadReturn, c.BadReturnSeverity},
	} {
		if (clause.text == "") != (clause.severity == "") {
			t.Errorf("%s is %q and its severity %q", clause.name, clause.text, clause.severity)
		}
		if clause.severity != "" && !slices.Contains([]string{severe, notable, minor}, clause.severity) {
			t.Errorf("%s has an unknown severity %q", clause.name, clause.severity)
		}
		if strings.HasSuffix(clause.text, ".") || strings.TrimSpace(clause.text) != clause.text {
			t.Errorf("%s is no clause for the end of a message: %q", clause.name, clause.text)
		}
	}
	if !strings.HasPrefix(c.Source, "https://") {
		t.Errorf("Source is no address: %q", c.Source)
	}
	if c.BudgetMS < 0 || c.GatewayMS < 0 || c.GatewayMS > c.BudgetMS {
		t.Errorf("limits of %d ms and %d ms", c.BudgetMS, c.GatewayMS)
	}
}

func checkArguments(t *testing.T, c *Contract) {
	if len(c.Args) == 0 || len(c.ArgNames) != len(c.Args) {
		t.Errorf("%d arguments have %d names", len(c.Args), len(c.ArgNames))
	}
	for i, name := range c.ArgNames {
		if name == "" || slices.Index(c.ArgNames, name) != i {
			t.Errorf("argument %d is called %q", i, name)
		}
	}
	refused := strings.Contains(c.Shape, "refused") // the arguments are those of an older runtime
	if c.MaxParams > 0 && (c.MaxParams < len(c.Args) && !refused || c.ArityError == "") || c.MaxParams == 0 && c.ArityError != "" {
		t.Errorf("at most %d parameters, %d arguments, error %q", c.MaxParams, len(c.Args), c.ArityError)
	}
}

// checkCompletion: something must be able to answer, and only what an argument stands for.
func checkCompletion(t *testing.T, c *Contract) {
	has := func(r Role) bool { return slices.Contains(c.Args, r) }
	if len(c.ResponderMethods) > 0 && !has(RoleResponder) && !has(RoleStream) && !has(RoleContext) {
		t.Error("no argument has the responder's methods")
	}
	if has(RoleResponder) && len(c.ResponderMethods) == 0 {
		t.Error("no method of the responder answers")
	}
	if len(c.ContextMethods) > 0 && !has(RoleContext) {
		t.Error("no argument has the context's methods")
	}
	answers := has(RoleCallback) || len(c.ResponderMethods)+len(c.ContextMethods) > 0
	if c.Protocol.Mode == flow.ReturnNever && !answers {
		t.Error("nothing answers")
	}
	if answers && c.SecondCompletion == "" && !has(RoleStream) {
		t.Error("it can answer twice, and nothing says what that does")
	}
	if c.Protocol.Mode != flow.ReturnValue && c.IgnoredReturn == "" && has(RoleCallback) {
		t.Error("it ignores what is returned, and nothing says so")
	}
	if (c.Returns != AnyReturn) != (c.BadReturn != "") && c.ID != "lambda.cb" && !strings.HasPrefix(c.ID, "netlify.v1.cb") {
		t.Errorf("it must return shape %d, and a bad return is %q", c.Returns, c.BadReturn)
	}
}

// TestWrappers holds the tables of wrappers to the contracts, and to one row for each function.
func TestWrappers(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range slices.Concat(Wrappers(), apps) {
		name := w.Package + " " + w.Name
		if seen[name] {
			t.Errorf("%s has two rows", name)
		}
		seen[name] = true
		if w.Package == "" && w.Name == "" {
			t.Error("a row names nothing")
		}
		if w.Contract != "" && ContractByID(w.Contract) == nil {
			t.Errorf("%s leads to the contract %s, which does not exist", name, w.Contract)
		}
	}
}

// TestTokenValidator: what a validated function rejects with is answered; what it returns is not.
func TestTokenValidator(t *testing.T) {
	c := ContractByID("twilio.validated")
	if !c.Protocol.RejectAnswers || !c.Protocol.ThrowAnswers || c.Protocol.Mode != flow.ReturnNever {
		t.Errorf("protocol %+v", c.Protocol)
	}
	if twilio.Protocol.RejectAnswers {
		t.Error("a plain function's rejection answers, too")
	}
}
