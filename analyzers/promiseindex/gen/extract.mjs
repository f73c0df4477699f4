// TypeScript types → graph. Breadth first, so that what is near an export comes first when the limits are reached.
import ts from 'typescript'
import { shape, UNKNOWN, PLAIN, FIRST } from './graph.mjs'
import { LISTENING, PLUMBING, PLAIN_NODE_TYPES, WEB_TYPES } from './lists.mjs'
import * as types from './types.mjs'
import { events } from './events.mjs'
import { signatures } from './signature.mjs'

const MAX_NODES = 30_000
/** With more types than this cut, reading again with erase is better than going on. */
export const MANY = 2000
const MAX_DISTANCE = 16
const BUILT_IN = new Map([
  ...['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'Iterable', 'IterableIterator', 'Iterator', 'Generator', 'IteratorObject', 'ArrayIterator'].map((n) => [n, 'list']),
  ...['AsyncIterable', 'AsyncIterableIterator', 'AsyncIterator', 'AsyncGenerator', 'AsyncIteratorObject'].map((n) => [n, 'async']),
  ...['Map', 'ReadonlyMap'].map((n) => [n, 'map']),
])

export class Extractor {
  /** foreign tells the key of a type that another index file describes, or undefined; listeners and given are fields of packages.json. */
  constructor(checker, { self, foreign, max, erase, listeners, given }) {
    this.checker = checker
    this.self = self
    this.erase = erase ?? false
    this.listeners = listeners ?? false
    this.given = given ?? false
    this.max = max ?? MAX_NODES
    this.foreign = foreign ?? (() => undefined)
    this.nodes = new Array(FIRST).fill(null)
    this.byType = new Map()
    this.byRef = new Map()
    this.keys = new Map()
    this.byAlias = new Map()
    this.queue = []
    this.later = [] // values first: what is only named as a type may be cut
    this.cut = 0
    this.deep = 0
  }

  /** The node of type; its members follow when run is called. */
  shapeOf(type, distance) {
    if (!type || types.isUnknown(type)) return UNKNOWN
    if (types.isPrimitive(type)) return PLAIN
    const known = this.byType.get(type)
    if (known !== undefined) return known
    this.byType.set(type, UNKNOWN) // what a type without name says of itself while it is looked at
    const id = this.#resolve(type, distance)
    this.byType.set(type, id)
    return id
  }

  /** Expands everything that was asked for, and what that leads to. */
  run() {
    for (let next = 0; next < this.queue.length; next++) {
      const { id, type, distance } = this.queue[next]
      this.#guarded(this.nodes[id], type, distance + 1)
      this.queue[next] = null
      if (!this.erase && this.cut > MANY) break
    }
    this.queue = []
    if (this.later.length === 0) return
    for (const ask of this.later.splice(0)) ask()
    this.run()
  }

  /** Some types are too deep for the checker; then their shape says nothing. */
  #guarded(s, type, distance) {
    try {
      this.#expand(s, type, distance)
    } catch (e) {
      if (!(e instanceof RangeError)) throw e
      this.deep++
    }
  }

  add(s = shape()) {
    this.nodes.push(s)
    return this.nodes.length - 1
  }

  #resolve(type, distance) {
    if (types.isGeneric(type)) {
      const bound = types.settled(this.checker, type)
      return bound ? this.shapeOf(bound, distance) : UNKNOWN
    }
    const open = this.#openTarget(type) ?? this.#openAlias(type)
    if (open && open !== type) return this.shapeOf(open, distance)
    if (type.isUnion()) return this.#union(type, distance)
    return this.#special(type, distance) ?? this.#enqueue(type, distance)
  }

  /** Node's types are found by other packages under these names. */
  #name(type, id) {
    if (types.origin(type) !== 'node' || !(type.symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface))) return
    const key = types.nodeKey(this.checker, type.symbol, types.isInstance(type))
    if (!this.keys.has(key)) this.keys.set(key, id)
  }

  /** Foo<U> with a free U is taken for Foo of its own parameters: else Foo<U>.map(): Foo<V>, … has no end. */
  #openTarget(type) {
    if (!(type.objectFlags & ts.ObjectFlags.Reference) || !type.target || type.target === type) return undefined
    if (this.checker.isTupleType(type) || types.origin(type) === 'lib') return undefined
    const params = type.target.typeParameters ?? []
    const args = this.#arguments(type).slice(0, params.length)
    const open = (a) => types.isGeneric(a) || (this.erase && !types.isPrimitive(a) && (a.isIntersection() || a.isUnion() || this.#arguments(a).length > 0))
    return args.some(open) ? type.target : undefined
  }

  /** The same for the alias of an object type: the first of its instances stands for all. */
  #openAlias(type) {
    if (!this.erase || !type.aliasSymbol || !(type.isIntersection() || type.flags & ts.TypeFlags.Object)) return undefined
    if (!this.byAlias.has(type.aliasSymbol)) this.byAlias.set(type.aliasSymbol, type)
    return this.byAlias.get(type.aliasSymbol)
  }

  #enqueue(type, distance) {
    if (distance > MAX_DISTANCE || this.nodes.length >= this.max) {
      this.cut++
      return UNKNOWN
    }
    const id = this.add()
    if (this.self === 'node') this.#name(type, id)
    this.queue.push({ id, type, distance })
    return id
  }

  /** A union is a promise if all of its parts are, apart from null and undefined. Else it is its one part that says something. */
  #union(type, distance) {
    const parts = type.types.filter((t) => !types.isNullish(t))
    if (parts.length === 0) return PLAIN
    if (parts.length > 40) return parts.every(types.isPrimitive) ? PLAIN : UNKNOWN
    if (parts.every(types.isPrimitive)) return PLAIN
    if (parts.some((t) => types.isUnknown(t))) return UNKNOWN
    const promises = parts.filter((t) => this.#thenable(t))
    if (promises.length > 0) return promises.length === parts.length ? this.#enqueue(type, distance) : UNKNOWN
    const objects = parts.filter((t) => !types.isPrimitive(t))
    const ids = new Set(objects.map((t) => this.shapeOf(t, distance)))
    ids.delete(PLAIN)
    if (ids.has(UNKNOWN)) return UNKNOWN
    if (ids.size === 0) return PLAIN
    if (ids.size === 1) return [...ids][0]
    return this.#enqueue(type, distance)
  }

  #thenable(type) {
    if (types.isPrimitive(type) || types.isUnknown(type)) return false
    const then = this.checker.getPropertyOfType(type, 'then')
    if (!then) return false
    return this.checker.getTypeOfSymbol(then).getCallSignatures().length > 0
  }

  /** Types of the language, of the browser and of other packages. */
  #special(type, distance) {
    const name = type.symbol?.name
    const from = types.origin(type)
    if (from === 'lib') return this.#ofLanguage(type, name, distance)
    if (from === 'dom' && this.self !== 'dom') return WEB_TYPES.has(name) && types.isInstance(type) ? this.#ref('node', name) : PLAIN
    if (PLAIN_NODE_TYPES.has(name) && (from === 'node' || from === 'dom') && types.isInstance(type)) return PLAIN
    if (from === 'node' && this.self !== 'node' && type.symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) {
      return this.#ref('node', types.nodeKey(this.checker, type.symbol, types.isInstance(type)))
    }
    if (from === 'node' && this.self !== 'node' && type.symbol.flags & ts.SymbolFlags.ValueModule) return UNKNOWN
    const foreign = from && from !== this.self ? this.foreign(type, from) : undefined
    return foreign ? this.#ref(foreign.package, foreign.key) : undefined
  }

  #ofLanguage(type, name, distance) {
    if (name === 'Promise' || name === 'PromiseLike') return types.isInstance(type) ? this.#enqueue(type, distance) : UNKNOWN
    if (BUILT_IN.has(name)) return types.isInstance(type) ? this.#enqueue(type, distance) : PLAIN
    if (name === 'Function' || name === 'Object' || name === 'CallableFunction' || name === 'NewableFunction') return UNKNOWN
    const computed = type.objectFlags & (ts.ObjectFlags.Mapped | ts.ObjectFlags.Anonymous) // Partial<T>, Pick<T, K> …
    return computed && !(type.symbol.flags & ts.SymbolFlags.Variable) ? undefined : PLAIN
  }

  #arguments(type) {
    return type.objectFlags & ts.ObjectFlags.Reference ? this.checker.getTypeArguments(type) : []
  }

  #ref(pkg, key) {
    const label = `${pkg} ${key}`
    if (!this.byRef.has(label)) this.byRef.set(label, this.add(Object.assign(shape(), { ref: { package: pkg, key } })))
    return this.byRef.get(label)
  }

  /** Promises, lists and maps of the language: true if type is one. */
  #expandBuiltIn(s, type, distance) {
    const tuple = this.checker.isTupleType(type)
    const name = type.symbol?.name
    if (!tuple && (types.origin(type) !== 'lib' || !(BUILT_IN.has(name) || /^Promise(Like)?$/.test(name)))) return false
    const args = this.#arguments(type)
    const ids = (tuple ? args : args.slice(0, 1)).map((t) => this.shapeOf(t, distance))
    const value = ids.every((id) => id === ids[0]) ? (ids[0] ?? UNKNOWN) : UNKNOWN
    if (BUILT_IN.get(name) === 'map') s.members.set('get', this.#getter(args[1], distance))
    else if (tuple || BUILT_IN.has(name)) Object.assign(s, { element: value, asyncIterable: BUILT_IN.get(name) === 'async' })
    else s.awaited = value
    return true
  }

  #getter(value, distance) {
    const get = shape()
    get.calls = [{ min: 1, max: 1, result: this.shapeOf(value, distance), functions: [], timeout: null, signal: null, needs: null }]
    return this.add(get)
  }

  #expand(s, type, distance) {
    if (this.#expandBuiltIn(s, type, distance)) return
    if (this.#thenable(type)) {
      s.awaited = this.shapeOf(this.checker.getAwaitedType(type), distance)
      s.lazy = !(type.isUnion() ? type.types : [type]).every((t) => types.isNullish(t) || types.isRealPromise(this.checker, t))
    }
    const props = this.checker.getPropertiesOfType(type)
    const names = new Set(props.map((p) => p.name))
    s.emitter = type.getConstructSignatures().length === 0 && names.has('on') && ['once', 'addListener', 'removeListener', 'off', 'emit'].some((n) => names.has(n))
    for (const p of props) this.#member(s, p, distance)
    if (s.emitter && this.listeners) events(this, s, type, distance)
    if (type.isUnion()) return
    const list = (kind) => signatures(this, this.checker.getSignaturesOfType(type, kind), type.symbol?.name ?? '', distance)
    s.calls = list(ts.SignatureKind.Call)
    s.news = list(ts.SignatureKind.Construct)
    for (const info of this.checker.getIndexInfosOfType(type)) {
      if (info.keyType.flags & ts.TypeFlags.String) s.index = this.shapeOf(info.type, distance)
      else if (info.keyType.flags & ts.TypeFlags.Number) s.element = this.shapeOf(info.type, distance)
    }
  }

  #member(s, p, distance) {
    const name = p.name
    if (name.startsWith('__@asyncIterator')) {
      s.asyncIterable = true
      const next = this.checker.getTypeOfSymbol(p).getCallSignatures()[0]?.getReturnType()
      const args = next ? this.#arguments(next) : []
      s.element = args.length ? this.shapeOf(args[0], distance) : UNKNOWN
      return
    }
    if (name.startsWith('_') || name.startsWith('#') || PLUMBING.has(name) || this.#hidden(p)) return
    if (s.awaited !== null && (name === 'then' || name === 'catch' || name === 'finally')) return
    if (s.emitter && LISTENING.has(name)) return
    const type = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(p))
    s.members.set(name, this.shapeOf(type, distance))
  }

  #hidden(p) {
    return (p.declarations ?? []).some((d) => ts.getCombinedModifierFlags(d) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected))
  }
}
