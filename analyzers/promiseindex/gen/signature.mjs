// What a call or construct signature says: how many arguments, which are functions and of which kind, where a deadline may be given.
import ts from 'typescript'
import { givenResult } from './given.mjs'
import { ERROR_NAME, ERROR_TYPE, LISTENER_NAME, LISTENING, SIGNAL_NAME, TIMEOUT_NAME } from './lists.mjs'
import * as types from './types.mjs'

const MAX_OVERLOADS = 24

/** Functions among the arguments: called once with the result (`(err, value) => void`), or anything else. */
export const NODE_STYLE = 1
export const OTHER = 0
/** And all arguments after it. */
const REST = 4

/** The signatures of a function called name. An overload whose parameters cannot be told from an earlier one's is kept: the reader compares the results. */
export function signatures(extractor, list, name, distance) {
  const telling = list.length > 1 ? list.filter((sig) => !givesBack(extractor.checker, sig)) : list
  return (telling.length > 0 ? telling : list).slice(0, MAX_OVERLOADS).map((sig) => describe(extractor, sig, name, distance))
}

/** `query<T extends Submittable>(query: T): T` beside overloads that take a text: what it gives is up to the caller. */
function givesBack(checker, sig) {
  const result = checker.getReturnTypeOfSignature(sig)
  return !!(result.flags & ts.TypeFlags.TypeParameter) && !result.isThisType && sig.getParameters().some((p) => checker.getTypeOfSymbol(p) === result)
}

function describe(extractor, sig, name, distance) {
  const { checker } = extractor
  const out = { min: 0, max: 0, result: givenResult(extractor, sig, distance) ?? extractor.shapeOf(checker.getReturnTypeOfSignature(sig), distance), functions: [], timeout: null, signal: null, needs: null }
  const params = sig.getParameters()
  params.forEach((p, at) => {
    const decl = p.valueDeclaration
    if (decl?.dotDotDotToken) {
      out.max = -1
      if (extractor.listeners) rest(extractor, out, checker.getTypeOfSymbol(p), p.name, at, name, distance)
      return
    }
    const optional = !!(decl?.questionToken || decl?.initializer) || p.flags & ts.SymbolFlags.Optional
    const type = checker.getTypeOfSymbol(p)
    if (!optional && !acceptsUndefined(type)) out.min = at + 1
    if (out.max >= 0) out.max = at + 1
    parameter(extractor, out, { at, type, name: p.name, of: name, optional: !!optional }, distance)
  })
  return out
}

const acceptsUndefined = (t) => types.isVoid(t) || types.isNullish(t) || (t.isUnion() && t.types.some(types.isVoid))

function parameter(extractor, out, p, distance) {
  const { checker } = extractor
  const bare = checker.getNonNullableType(types.settled(checker, p.type) ?? p.type)
  const parts = bare.isUnion() ? bare.types.slice(0, 12) : [bare]
  for (const part of parts) {
    if (types.isPrimitive(part) || types.isUnknown(part)) continue
    const call = part.getCallSignatures()[0]
    if (call) {
      if (!out.functions.some((f) => f.at === p.at)) out.functions.push(callback(extractor, call, p, parts, distance))
      continue
    }
    options(extractor, out, part, p.at)
  }
}

/** `...listeners: Listener[]`: each of them may be a function. */
function rest(extractor, out, type, name, at, of, distance) {
  const { checker } = extractor
  const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)
  if (!element) return
  const parts = element.isUnion() ? element.types : [element]
  const call = parts.map((t) => t.getCallSignatures()[0]).find(Boolean)
  if (!call) return
  const f = callback(extractor, call, { at, name, of, optional: true }, parts, distance)
  out.functions.push({ ...f, kind: OTHER | REST, required: false })
}

function callback(extractor, call, p, parts, distance) {
  const { checker } = extractor
  const params = call.getParameters().slice(0, 6)
  const args = params.map((q) => (q.valueDeclaration?.dotDotDotToken ? 0 : extractor.shapeOf(checker.getNonNullableType(checker.getTypeOfSymbol(q)), distance)))
  const kind = nodeStyle(checker, params, p) ? NODE_STYLE : OTHER
  return { at: p.at, kind, required: !p.optional && parts.length === 1, args }
}

/** `(err, …) => …`, unless the function's name or the parameter's says that it listens, filters or is a rejection handler. */
function nodeStyle(checker, params, p) {
  if (params.length === 0 || LISTENING.has(p.of) || LISTENER_NAME.test(p.of) || LISTENER_NAME.test(p.name)) return false
  const type = checker.getTypeOfSymbol(params[0])
  const parts = (type.isUnion() ? type.types : [type]).filter((t) => !types.isNullish(t))
  const named = ERROR_NAME.test(params[0].name)
  const typed = parts.some((t) => ERROR_TYPE.test(t.symbol?.name ?? '') || ERROR_TYPE.test(t.aliasSymbol?.name ?? ''))
  const loose = parts.length === 0 || parts.every((t) => types.isUnknown(t) || types.isGeneric(t) || types.isPrimitive(t) || (t.symbol?.name ?? '__type') === '__type' || t.symbol?.name === 'Object')
  return (named && (typed || loose || params.length > 1)) || (typed && params.length > 1)
}

/** `{ isStream: true }`: what chooses an overload. */
const isMode = (type) => (type.flags & (ts.TypeFlags.BooleanLiteral | ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral)) !== 0

function options(extractor, out, type, at) {
  const { checker } = extractor
  if (type.symbol?.name === 'AbortSignal') out.signal = { at, name: '' }
  if (!(type.flags & ts.TypeFlags.Object) && !type.isIntersection()) return
  for (const p of checker.getPropertiesOfType(type)) {
    if (out.timeout?.at !== at && TIMEOUT_NAME.test(p.name)) out.timeout = { at, name: p.name } // later parameters win: fetch(Request, init)
    if (!out.needs && !(p.flags & ts.SymbolFlags.Optional) && isMode(checker.getTypeOfSymbol(p))) out.needs = { at, name: p.name }
    if (out.signal?.at !== at && SIGNAL_NAME.test(p.name)) out.signal = { at, name: p.name }
  }
}
