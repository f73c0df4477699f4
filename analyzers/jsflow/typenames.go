package jsflow

import (
	"github.com/handlervet/handlervet/analyzers/jstype"
)

// languageType are the types of the language's own library that matter; known is false for other names.
func (s *session) languageType(t *jstype.Type, in typeScope) (v value, known bool) {
	switch t.Name {
	case "Promise", "PromiseLike":
		return s.promise(s.argumentType(t, 0, in)), true
	case "Array", "ReadonlyArray", "Set", "ReadonlySet", "Iterable", "IterableIterator", "Generator", "ArrayLike", "Map", "ReadonlyMap":
		if len(t.Args) == 0 {
			return nil, true
		}
		return typed{t, in}, true
	case "Partial", "Required", "Readonly", "NonNullable", "Pick", "Omit", "NoInfer":
		return s.argumentType(t, 0, in), true
	case "Awaited":
		return awaited(s.argumentType(t, 0, in)), true
	case "Record":
		return typed{t, in}, true
	case "InstanceType":
		of := s.argumentType(t, 0, in)
		if c, ok := of.(typed); ok {
			return s.madeByType(c, nil), true
		}
		return s.instanceOf(of, nil), true
	case "ReturnType":
		return s.resultOfType(s.argumentType(t, 0, in)), true
	case "Object", "Function", "Error", "Date", "RegExp", "String", "Number", "Boolean", "Buffer", "URL", "Uint8Array":
		return nil, true
	}
	return nil, false
}

func (s *session) argumentType(t *jstype.Type, i int, in typeScope) value {
	if i >= len(t.Args) {
		return nil
	}
	return s.valueOf(t.Args[i], in)
}

// typedMember is a property of a value that is known by its type.
func (s *session) typedMember(v typed, name string) value {
	if !s.deeper() {
		return nil
	}
	defer s.higher()
	switch v.t.Kind {
	case jstype.Object:
		if t := v.t.Member(name); t != nil {
			return s.valueOf(t, v.in)
		}
		if t := v.t.Member(""); t != nil {
			return s.valueOf(t, v.in)
		}
	case jstype.Intersection:
		for _, part := range v.t.Args {
			if found := s.member(s.valueOf(part, v.in), name); found != nil {
				return found
			}
		}
	case jstype.Reference:
		switch {
		case v.t.Name == "Record":
			return s.argumentType(v.t, 1, v.in)
		case (name == "get" || name == "values" || name == "entries" || name == "keys") && isMap(v.t):
			return lookup{v, name}
		case (name == "values" || name == "keys") && isSet(v.t):
			return lookup{v, name}
		}
	}
	return nil
}

// lookup is a method of a map or a set that gives elements: `get`, `values`, `entries`.
type lookup struct {
	of   typed
	name string
}

func isSet(t *jstype.Type) bool { return t.Name == "Set" || t.Name == "ReadonlySet" }

// lookedUp is what a method of a map or a set gives.
func (s *session) lookedUp(l lookup) value {
	element := func(i int) value {
		if v := s.argumentType(l.of.t, i, l.of.in); v != nil {
			return listOf{v}
		}
		return nil
	}
	switch {
	case l.name == "get":
		return s.argumentType(l.of.t, 1, l.of.in)
	case l.name == "entries":
		return listOf{s.entryOf(l.of)}
	case l.name == "values" && isMap(l.of.t):
		return element(1)
	}
	return element(0)
}

// entryOf is a pair of a key and a value of a map.
func (s *session) entryOf(m typed) value {
	pair := s.pairs[m.t]
	if pair == nil {
		pair = &jstype.Type{Kind: jstype.Tuple, Args: m.t.Args}
		s.pairs[m.t] = pair
	}
	return typed{pair, m.in}
}

func isMap(t *jstype.Type) bool { return t.Name == "Map" || t.Name == "ReadonlyMap" }

// typedElement is what iterating over a value of a type gives.
func (s *session) typedElement(v typed) value {
	if !s.deeper() {
		return nil
	}
	defer s.higher()
	switch v.t.Kind {
	case jstype.List:
		return s.valueOf(v.t.Args[0], v.in)
	case jstype.Tuple:
		var out value
		for i, t := range v.t.Args {
			item := s.valueOf(t, v.in)
			if item == nil || i > 0 && item != out {
				return nil
			}
			out = item
		}
		return out
	case jstype.Object: // a table: `{ [name: string]: T }`
		return s.valueOf(v.t.Member(""), v.in)
	case jstype.Reference:
		if v.t.Name == "Record" {
			return s.argumentType(v.t, 1, v.in)
		}
		if isMap(v.t) {
			return s.entryOf(v)
		}
		return s.argumentType(v.t, 0, v.in)
	}
	return nil
}

// typedItem is the element at nth, from 1.
func (s *session) typedItem(v typed, nth int) value {
	if v.t.Kind == jstype.Tuple && nth > 0 && nth <= len(v.t.Args) {
		return s.valueOf(v.t.Args[nth-1], v.in)
	}
	return s.typedElement(v)
}

// resultOfType is what calling a value gives, by its type.
func (s *session) resultOfType(v value) value { return s.resultGiven(v, nil, nil) }

// resultGiven is resultOfType of a call with arguments; explicit are its type arguments.
func (s *session) resultGiven(v value, args, explicit []value) value {
	if !s.deeper() {
		return nil
	}
	defer s.higher()
	switch f := v.(type) {
	case typed:
		return s.typedResult(f, args, explicit)
	case lookup:
		return s.lookedUp(f)
	case methodOf:
		return s.methodResultType(f, args, explicit)
	case *closure:
		return s.resultOf(f, nil)
	case indexed:
		return describe(f.shape.Call().Value)
	}
	return nil
}

func (s *session) typedResult(f typed, args, explicit []value) value {
	switch f.t.Kind {
	case jstype.Function:
		return s.valueOf(f.t.Result, s.inferred(f.in, f.t.Generic, paramTypes(f.t.Params), args, explicit))
	case jstype.Object:
		if call := f.t.Member("()"); call != nil {
			return s.resultGiven(s.valueOf(call, f.in), args, explicit)
		}
	case jstype.Union:
		var out value
		for i, part := range f.t.Args {
			v := s.resultGiven(s.valueOf(part, f.in), args, explicit)
			switch {
			case i == 0 || out == v:
				out = v
			case s.isPromise(out) && s.isPromise(v):
				out = s.promise(nil)
			default:
				return nil
			}
		}
		return out
	}
	return nil
}
