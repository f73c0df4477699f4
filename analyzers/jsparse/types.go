package jsparse

import "strings"

// tail is where an expression ends that started its statement, given the end
// of its node: parentheses around it close, and TypeScript may assert a type.
func (c *converter) tail(i int) int {
	for end := i; ; end = i {
		next := c.trivia(i)
		if next >= len(c.text) {
			return end
		}
		switch c.text[next] {
		case ')':
			i = next + 1
			continue
		case '!':
			if c.ts && !c.newline(end, next) && !strings.HasPrefix(c.text[next:], "!=") {
				i = next + 1
				continue
			}
		case ':':
			if c.ts {
				i = c.skipType(next + 1)
				continue
			}
		case '<':
			if c.ts && !c.newline(end, next) {
				i = c.angles(next)
				continue
			}
		case 'a', 's':
			word := c.wordAt(next)
			if c.ts && !c.newline(end, next) && (word == "as" || word == "satisfies") {
				i = c.skipType(next + len(word))
				continue
			}
		}
		return end
	}
}

// stmtEnd is where a statement ends whose last node ends at i.
func (c *converter) stmtEnd(i int) int {
	return c.semicolon(c.tail(i))
}

// semicolon includes the semicolon behind i, if there is one.
func (c *converter) semicolon(i int) int {
	if next := c.trivia(i); next < len(c.text) && c.text[next] == ';' {
		return next + 1
	}
	return i
}

// annotation is the end of `?: T` or `!: T` behind a name, or i.
func (c *converter) annotation(i int) int {
	if !c.ts {
		return i
	}
	next := c.trivia(i)
	if next < len(c.text) && (c.text[next] == '?' || c.text[next] == '!') {
		i = next + 1
		next = c.trivia(i)
	}
	if next < len(c.text) && c.text[next] == ':' {
		return c.skipType(next + 1)
	}
	return i
}

// angles is the end of `<…>` at i.
func (c *converter) angles(i int) int {
	depth := 0
	for i < len(c.text) {
		switch b := c.text[i]; b {
		case '<':
			depth++
		case '>':
			if depth--; depth == 0 {
				return i + 1
			}
		case '=':
			if strings.HasPrefix(c.text[i:], "=>") {
				i++ // an arrow closes nothing
			}
		case '(', '[', '{':
			i = c.trivia(c.balanced(i))
			continue
		case ')', ']', '}', ';':
			return i // not what it looked like
		}
		i = c.trivia(c.token(i))
	}
	return i
}

// skipType is the end of the TypeScript type at i. It knows only as much of
// the grammar as it takes to see whether a type goes on.
func (c *converter) skipType(i int) int {
	end, operand, conditional := i, true, 0
	for {
		next := c.trivia(end)
		if next >= len(c.text) {
			return end
		}
		sameLine := !c.newline(end, next)
		stop := 0
		if operand {
			stop, operand = c.typeOperand(next)
		} else {
			stop, operand = c.typeOperator(next, sameLine, &conditional)
		}
		if stop == next {
			return end
		}
		end = stop
	}
}

// typeOperand reads one operand or prefix; more says that one must still follow.
func (c *converter) typeOperand(i int) (end int, more bool) {
	switch b := c.text[i]; {
	case b == '(' || b == '[' || b == '{':
		return c.balanced(i), false
	case b == '<':
		return c.angles(i), true
	case b == '|' || b == '&' || b == '-':
		return i + 1, true
	case b == '"' || b == '\'' || b == '`':
		return c.token(i), false
	case nameByte(b):
		switch word := c.wordAt(i); word {
		case "keyof", "typeof", "readonly", "unique", "infer", "new", "abstract", "asserts":
			return i + len(word), true
		case "import":
			return c.balanced(c.trivia(i + len(word))), false
		}
		return c.word(i), false
	}
	return i, false
}

// typeOperator reads what may follow an operand; i again if the type is over.
func (c *converter) typeOperator(i int, sameLine bool, conditional *int) (end int, more bool) {
	rest := c.text[i:]
	switch {
	case strings.HasPrefix(rest, "||"), strings.HasPrefix(rest, "&&"):
		return i, false
	case rest[0] == '|', rest[0] == '&', rest[0] == '.':
		return i + 1, true
	case rest[0] == '[' && sameLine:
		return c.balanced(i), false
	case rest[0] == '<' && sameLine:
		return c.angles(i), false
	case strings.HasPrefix(rest, "=>"):
		return i + 2, true
	case rest[0] == '?' && *conditional > 0:
		return i + 1, true
	case rest[0] == ':' && *conditional > 0:
		*conditional--
		return i + 1, true
	case sameLine || *conditional > 0:
		switch c.wordAt(i) {
		case "extends":
			*conditional++
			return i + len("extends"), true
		case "is":
			return i + len("is"), true
		}
	}
	return i, false
}
