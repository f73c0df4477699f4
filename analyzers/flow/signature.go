package flow

// Shape is what the handler's function looks like.
type Shape struct {
	Range  Range // the function
	Head   Range // from its start to the end of the parameter list
	Params []Param
	// Length is JavaScript's Function.length: parameters before the first default or rest.
	Length    int
	Async     bool
	Generator bool
}

// Param is one parameter of the handler.
type Param struct {
	Name  string // empty for a pattern
	Range Range
	Used  bool
	// Removable is the range to delete to drop the parameter, its comma included.
	Removable Range
}
