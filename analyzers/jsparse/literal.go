package jsparse

import (
	"strconv"
	"strings"
	"unicode/utf16"

	shim "github.com/evanw/esbuild/shim"
)

// literal converts constants. esbuild computes some constant expressions while
// it binds names (`"a" + "b"`, `!0`, `-1`): they come out as one literal that
// covers the whole expression.
func (c *converter) literal(i int, e shim.Expr) Expr {
	switch d := e.Data.(type) {
	case *shim.EString:
		return c.str(i, d.Value)
	case *shim.ENumber:
		return c.number(i, d.Value)
	case *shim.EBigInt:
		return &Literal{Span{i, c.word(i)}, BigInt, d.Value}
	case *shim.ERegExp:
		s := Span{i, min(i+len(d.Value), len(c.text))}
		c.opaque = append(c.opaque, s)
		return &Literal{s, Regexp, d.Value}
	case *shim.EBoolean:
		return c.constant(i, Boolean, strconv.FormatBool(d.Value))
	case *shim.ENull:
		return c.constant(i, Null, "null")
	case *shim.EUndefined:
		if c.wordAt(i) == "this" {
			return &This{Span{i, c.word(i)}}
		}
		return c.constant(i, Undefined, "undefined")
	}
	return nil
}

// constant is a keyword, or an expression that amounts to one.
func (c *converter) constant(i int, kind LiteralKind, value string) Expr {
	if c.wordAt(i) == value {
		return &Literal{Span{i, i + len(value)}, kind, value}
	}
	return &Literal{Span{i, c.folded(i, kind, "")}, kind, value}
}

func (c *converter) number(i int, value float64) Expr {
	if i < len(c.text) && (c.text[i] >= '0' && c.text[i] <= '9' || c.text[i] == '.') {
		s := Span{i, c.numberEnd(i)}
		return &Literal{s, Number, c.text[s.Start:s.End]}
	}
	return &Literal{Span{i, c.folded(i, Number, "")}, Number, strconv.FormatFloat(value, 'g', -1, 64)}
}

// numberEnd is the end of the number at i: `1_000.5e-3`, `0xff`, `.5`.
func (c *converter) numberEnd(i int) int {
	start := i
	hex := strings.HasPrefix(c.text[i:], "0x") || strings.HasPrefix(c.text[i:], "0X")
	for ; i < len(c.text); i++ {
		b := c.text[i]
		exponent := i > start && !hex && (c.text[i-1] == 'e' || c.text[i-1] == 'E')
		digit := b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' ||
			b == '.' && c.fraction(start, i)
		if !digit && !(exponent && (b == '+' || b == '-')) {
			break
		}
	}
	return i
}

// fraction says whether a dot at i still belongs to the number that started at
// start: `1.5`, but not `1.5.toFixed()` and not `0x1.toString()`.
func (c *converter) fraction(start, i int) bool {
	return !strings.ContainsAny(c.text[start:i], ".xXoObBeE")
}

func (c *converter) str(i int, units []uint16) Expr {
	// Nearly always the text has the string as it is: no copy, no scan.
	if value, ok := c.verbatim(i+1, units); ok {
		if end := i + len(value) + 2; end <= len(c.text) && c.text[end-1] == c.text[i] && c.text[i] != '`' {
			return &Literal{Span{i, end}, String, value}
		}
	}
	value, end := utf16String(units), c.stringEnd(i)
	if end > i+1 && len(value) == end-i-2 && c.text[i+1:end-1] == value {
		return &Literal{Span{i, end}, String, value}
	}
	return &Literal{Span{i, c.folded(i, String, value)}, String, value}
}

// verbatim is the stretch of the text at i that equals units, if they are ASCII
// and stand there unescaped.
func (c *converter) verbatim(i int, units []uint16) (string, bool) {
	end := i + len(units)
	if end > len(c.text) {
		return "", false
	}
	s := c.text[i:end]
	for j, u := range units {
		if u >= 0x80 || s[j] != byte(u) {
			return "", false
		}
	}
	return s, true
}

// stringEnd is the end of the string or template at i; i if there is none.
func (c *converter) stringEnd(i int) int {
	if i >= len(c.text) {
		return i
	}
	switch c.text[i] {
	case '"', '\'':
		return c.quoted(i)
	case '`':
		end := c.template(i)
		c.opaque = append(c.opaque, Span{i, end})
		return end
	}
	return i
}

// inlinedEnum is `Enum.Name` where esbuild knows the value.
func (c *converter) inlinedEnum(i int, d *shim.EInlinedEnum) Expr {
	end := c.word(i)
	for {
		next := c.trivia(end)
		if next >= len(c.text) || c.text[next] != '.' && c.text[next] != '[' {
			break
		}
		if c.text[next] == '[' {
			end = c.balanced(next)
		} else {
			end = c.word(c.trivia(next + 1))
		}
	}
	switch v := d.Value.Data.(type) {
	case *shim.EString:
		return &Literal{Span{i, end}, String, utf16String(v.Value)}
	case *shim.ENumber:
		return &Literal{Span{i, end}, Number, strconv.FormatFloat(v.Value, 'g', -1, 64)}
	}
	return c.expr(d.Value)
}

// utf16String is the text of a string as JavaScript has it.
func utf16String(units []uint16) string {
	ascii := make([]byte, len(units))
	for i, u := range units {
		if u >= 0x80 {
			return string(utf16.Decode(units))
		}
		ascii[i] = byte(u)
	}
	return string(ascii)
}
