package jsparse

func tooDeep(name, text string) *SyntaxError { return nil }
