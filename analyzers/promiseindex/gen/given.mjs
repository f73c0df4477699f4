// Functions with type parameters: what a call gives comes out of its arguments, which only the reader knows.
import ts from 'typescript'
import { shape, UNKNOWN } from './graph.mjs'
import * as types from './types.mjs'

/** How an argument says what a type parameter stands for: the argument, an element of it, what it promises, what calling it gives or promises. */
export const ITSELF = 0
export const ELEMENT = 1
export const AWAITED = 2
export const RESULT = 3
export const RESULT_AWAITED = 4

/** The shape of a signature's result if that is a type parameter T of its own, T[], or a promise of one of them; else undefined. */
export function givenResult(extractor, sig, distance) {
  if (!extractor.given || !sig.typeParameters) return undefined
  return given(extractor, sig, extractor.checker.getReturnTypeOfSignature(sig), distance, 0)
}

function given(extractor, sig, type, distance, depth) {
  const { checker } = extractor
  if (sig.typeParameters.includes(type)) return parameter(extractor, sig, type, distance)
  if (depth > 1) return undefined
  const promise = promised(checker, type)
  const inside = promise ? unwrapped(promise) : element(checker, type)
  const id = inside && given(extractor, sig, inside, distance, depth + 1)
  return id && extractor.add(Object.assign(shape(), promise ? { awaited: id } : { element: id }))
}

/** A shape that says from which argument a type parameter comes. Its constraint counts where nothing is known of that. */
function parameter(extractor, sig, t, distance) {
  const { checker } = extractor
  for (const [at, p] of sig.getParameters().entries()) {
    if (p.valueDeclaration?.dotDotDotToken) return undefined
    const how = within(checker, checker.getNonNullableType(checker.getTypeOfSymbol(p)), t)
    if (how === undefined) continue
    const bound = types.settled(checker, t)
    return extractor.add(Object.assign(shape(), { given: { at, how, otherwise: bound ? extractor.shapeOf(bound, distance) : UNKNOWN } }))
  }
  return undefined
}

/** How a parameter's type holds t; undefined if it does not, or in another way. */
function within(checker, type, t) {
  const parts = type.isUnion() ? type.types : [type]
  if (parts.some((p) => promised(checker, p) === t)) return AWAITED
  if (parts.includes(t)) return ITSELF
  for (const part of parts) {
    const items = element(checker, part)
    if (items && (items.isUnion() ? items.types : [items]).some((i) => i === t || promised(checker, i) === t)) return ELEMENT
    const result = part.getCallSignatures()[0]?.getReturnType()
    const results = result?.isUnion() ? result.types : result ? [result] : []
    if (results.some((r) => promised(checker, r) === t)) return RESULT_AWAITED
    if (results.includes(t)) return RESULT
  }
  return undefined
}

const argument = (checker, type, names) =>
  names.test(type.symbol?.name ?? '') && types.origin(type) === 'lib' && type.objectFlags & ts.ObjectFlags.Reference ? checker.getTypeArguments(type)[0] : undefined

/** What Promise<T> or PromiseLike<T> promises. */
const promised = (checker, type) => argument(checker, type, /^Promise(Like)?$/)

/** What a list of the language holds. */
const element = (checker, type) => argument(checker, type, /^((Readonly)?Array|(Async)?Iterable)$/)

/** T of Awaited<T>. */
function unwrapped(type) {
  return type.aliasSymbol?.name === 'Awaited' && type.aliasTypeArguments?.length === 1 ? type.aliasTypeArguments[0] : type
}
