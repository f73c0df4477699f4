// Graph → bytes. The format is described in ../format.go, which reads it.
import zlib from 'node:zlib'

const MAGIC = 'hvpi2\n'
const AWAITED = 1, ELEMENT = 2, INDEX = 4, REF = 8, EMITTER = 16, LAZY = 32, ASYNC = 64, CALLS = 128, NEWS = 256, MEMBERS = 512, GIVEN = 1024

/** The file's bytes, gzipped. */
export function encode({ name, version, nodes, entries }) {
  const strings = new Strings()
  collect(nodes, entries, strings)
  strings.seal()
  const bodies = nodes.map((s) => node(s, strings))
  const out = new Bytes()
  out.raw(Buffer.from(MAGIC))
  out.text(name)
  out.text(version)
  out.varint(strings.list.length)
  for (const s of strings.list) out.text(s)
  out.varint(entries.length)
  for (const e of entries) out.varints(strings.id(e.specifier), e.commonjs ? 1 : 0, e.module, e.types)
  out.varint(bodies.length)
  for (const b of bodies) out.varint(b.length)
  for (const b of bodies) out.raw(b)
  const zipped = zlib.gzipSync(out.bytes(), { level: 9 })
  zipped[9] = 255 // the operating system's number: the same file from every machine
  return zipped
}

function collect(nodes, entries, strings) {
  for (const e of entries) strings.add(e.specifier)
  for (const s of nodes) {
    for (const name of s.members.keys()) strings.add(name)
    if (s.ref) strings.add(s.ref.package), strings.add(s.ref.key)
    for (const sig of [...s.calls, ...s.news]) for (const o of [sig.timeout, sig.signal, sig.needs]) if (o) strings.add(o.name)
  }
}

function node(s, strings) {
  const out = new Bytes()
  const roles = [[s.awaited, AWAITED], [s.element, ELEMENT], [s.index, INDEX]]
  let flags = 0
  for (const [to, bit] of roles) if (to !== null) flags |= bit
  for (const [is, bit] of [[s.ref, REF], [s.emitter, EMITTER], [s.lazy, LAZY], [s.asyncIterable, ASYNC], [s.calls.length, CALLS], [s.news.length, NEWS], [s.members.size, MEMBERS], [s.given, GIVEN]]) if (is) flags |= bit
  out.varint(flags)
  for (const [to] of roles) if (to !== null) out.varint(to)
  if (s.ref) out.varints(strings.id(s.ref.package), strings.id(s.ref.key))
  if (s.given) out.varints(s.given.at, s.given.how, s.given.otherwise)
  if (s.calls.length) signatures(out, s.calls, strings)
  if (s.news.length) signatures(out, s.news, strings)
  if (s.members.size) members(out, s.members, strings)
  return out.bytes()
}

/** Sorted by name, so that names are written as differences. */
function members(out, map, strings) {
  const list = [...map].map(([name, to]) => [strings.id(name), to]).sort((a, b) => a[0] - b[0])
  out.varint(list.length)
  let before = -1
  for (const [name] of list) {
    out.varint(name - before - 1)
    before = name
  }
  for (const [, to] of list) out.varint(to)
}

function signatures(out, list, strings) {
  out.varint(list.length)
  for (const sig of list) {
    out.varints(sig.min, sig.max + 1, sig.result, sig.functions.length)
    for (const f of sig.functions) out.varints(f.at, f.kind | (f.required ? 2 : 0), f.args.length, ...f.args)
    for (const o of [sig.timeout, sig.signal, sig.needs]) o ? out.varints(o.at + 1, strings.id(o.name)) : out.varint(0)
  }
}

class Strings {
  #ids = new Map()
  list = []
  add(s) { this.#ids.set(s, 0) }
  /** Sorted by bytes: the reader searches by halving. */
  seal() {
    this.list = [...this.#ids.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    this.list.forEach((s, i) => this.#ids.set(s, i))
  }
  id(s) { return this.#ids.get(s) }
}

class Bytes {
  #parts = []
  varint(n) {
    for (; n >= 0x80; n = Math.floor(n / 128)) this.#parts.push((n % 128) | 0x80)
    this.#parts.push(n)
  }
  varints(...list) { for (const n of list) this.varint(n) }
  raw(buffer) { for (const b of buffer) this.#parts.push(b) }
  text(s) {
    const b = Buffer.from(s)
    this.varint(b.length)
    this.raw(b)
  }
  bytes() { return Buffer.from(this.#parts) }
}
