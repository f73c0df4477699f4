// Package jstype reads the types that people write in JavaScript projects: TypeScript annotations
// and declarations, and the types in JSDoc comments. It belongs to the first step of the way,
// beside jsparse: the tree has no types, so jstype reads them from the text again. What a type's
// name refers to is for the caller to find out.
//
// What cannot be read is of kind Unknown. Nothing is guessed.
package jstype

// Kind says what a Type is.
type Kind uint8

// The kinds of types.
const (
	Unknown      Kind = iota // not read, or it says nothing: any, a condition, an indexed access
	Reference                // Name with Args
	Imported                 // import('From').Name
	Query                    // typeof Name
	Union                    // Args are its parts
	Intersection             // Args are its parts
	List                     // Args[0] is the element
	Tuple                    // Args are the elements
	Function                 // Params and Result
	Constructor              // Params and Result, of `new`
	Object                   // Members
	Nothing                  // undefined, null, void
	Primitive                // text, numbers and so on: no members worth knowing
)

// Type is a type as written.
type Type struct {
	Kind    Kind
	Name    string // with dots: `S3.Client`; "" for what a module exports as a whole
	From    string // the specifier of an import type
	Args    []*Type
	Members []Member
	Params  []Param
	Result  *Type
	// Generic are the type parameters that the type declares for itself.
	Generic []Generic
	// Start and End are the bytes of the type in the text it was read from.
	Start, End int
}

// Member is one member of an object type, an interface or a class.
type Member struct {
	Name   string // "" for an index signature, `()` for a call signature
	Type   *Type
	Static bool
}

// Generic is a type parameter: `T extends Extends = Default`; what is not written is nil.
type Generic struct {
	Name             string
	Extends, Default *Type
}

// Param is one parameter of a function type; Type is nil if none is written.
type Param struct {
	Name string
	Type *Type
	Rest bool
}

// Member finds a member. Of several with the same name the type is the union: overloads.
func (t *Type) Member(name string) *Type {
	var found []*Type
	for _, m := range t.Members {
		if m.Name == name && !m.Static && m.Type != nil {
			found = append(found, m.Type)
		}
	}
	switch len(found) {
	case 0:
		return nil
	case 1:
		return found[0]
	}
	return &Type{Kind: Union, Args: found}
}
