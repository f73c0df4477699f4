package platform

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

// variable is one `${…}` without another inside it.
var variable = regexp.MustCompile(`\$\{([^${}]*)\}`)

// text is a scalar of a service with its variables filled in, as far as they can be; what cannot stays as it is.
func (s *service) text(c *conf) string { return s.fill(s.resolve(c).str()) }

func (s *service) fill(text string) string {
	for range maxFollow {
		next := variable.ReplaceAllStringFunc(text, func(v string) string {
			if c := s.lookup(v[2 : len(v)-1]); c != nil && c.scalar {
				return c.text
			}
			return v
		})
		if next == text {
			break
		}
		text = next
	}
	return text
}

// resolve replaces a value that is one variable by what it stands for.
func (s *service) resolve(c *conf) *conf {
	for range maxFollow {
		text := c.str()
		if !strings.HasPrefix(text, "${") || !strings.HasSuffix(text, "}") || strings.Count(text, "${") != 1 {
			return c
		}
		next := s.lookup(text[2 : len(text)-1])
		if next == nil {
			return c
		}
		c = next
	}
	return c
}

// lookup finds what `self:a.b`, `file(x.yml)`, `file(x.yml):a.b` or a default after a comma stands for.
// Environment, options and services of the cloud are not known.
//
// Source: serverless.com, framework/docs/guides/variables.
func (s *service) lookup(name string) *conf {
	for alternative := range strings.SplitSeq(name, ",") {
		alternative = strings.TrimSpace(alternative)
		if keys, ok := strings.CutPrefix(alternative, "self:"); ok {
			if c := s.root.get(strings.Split(keys, ".")...); c != nil {
				return c
			}
			continue
		}
		if rest, ok := strings.CutPrefix(alternative, "file("); ok {
			if c := s.included(rest); c != nil {
				return c
			}
			continue
		}
		if quoted := strings.Trim(alternative, `'"`); len(quoted) < len(alternative) {
			return &conf{source: s.root.source, scalar: true, text: quoted}
		}
	}
	return nil
}

// included reads `x.yml)` or `x.yml):a.b`.
func (s *service) included(rest string) *conf {
	name, keys, ok := strings.Cut(rest, ")")
	if !ok {
		return nil
	}
	switch path.Ext(name) {
	case ".yml", ".yaml", ".json":
	default:
		return nil
	}
	file := join(dirOf(s.file), s.fill(name))
	text, err := s.f.tree.Read(file)
	if err != nil {
		return nil
	}
	root, failed := parseConf(file, text)
	if failed != nil {
		src := &confSource{file: file, text: text}
		s.f.project.Problems = append(s.f.project.Problems, Problem{src.place(failed.offset, failed.offset), failed.text})
		return nil
	}
	if keys = strings.TrimPrefix(keys, ":"); keys != "" {
		return root.get(strings.Split(keys, ".")...)
	}
	return root
}

// seconds are the milliseconds of `60` or `60s`.
func seconds(text string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(text), "s"))
	if err != nil {
		return 0
	}
	return n * 1000
}

// handlerString is the file and the export that a handler string of Lambda means: the module is the last part of the path up to
// its first dot, the rest names the export.
//
// Source: aws-lambda-ric, parseHandlerString: /^([^.]*)\.(.*)$/.
func (f *finder) handlerString(dir, handler string) (file, export string) {
	handler = strings.TrimPrefix(handler, "./")
	folder, name := path.Split(handler)
	module, export, ok := strings.Cut(name, ".")
	if !ok {
		return f.script(join(dir, handler)), "handler"
	}
	stem := join(dir, folder, module)
	if file = f.script(stem); file != "" {
		return file, export
	}
	if file = f.builtFrom(dir, path.Join(folder, module)+".js"); file != "" {
		return file, export
	}
	if file = f.script(path.Join(stem, "index")); file != "" {
		return file, export
	}
	if i := strings.LastIndexByte(name, '.'); i > len(module) { // bundlers take all but the last part
		return f.script(join(dir, folder, name[:i])), name[i+1:]
	}
	return "", export
}
