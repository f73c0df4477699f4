// What an emitter calls its listeners with, as far as its declarations tell events apart by name.
import ts from 'typescript'
import { shape, UNKNOWN, PLAIN } from './graph.mjs'
import { OTHER } from './signature.mjs'
import * as types from './types.mjs'

const MAX_EVENTS = 60

/** Adds members `on <event>` to the shape of an emitter: functions whose second argument is called with what the event carries. */
export function events(extractor, s, type, distance) {
  const { checker } = extractor
  const on = checker.getPropertyOfType(type, 'on')
  if (!on) return
  for (const sig of checker.getTypeOfSymbol(on).getCallSignatures()) {
    const [event, listener] = sig.getParameters().map((p) => checker.getTypeOfSymbol(p))
    if (!event || !listener) continue
    for (const name of namesOf(checker, event).slice(0, MAX_EVENTS)) {
      if (s.members.has(`on ${name}`)) continue
      const args = carried(checker, checker.getNonNullableType(listener), name).map((t) => extractor.shapeOf(checker.getNonNullableType(t), distance))
      if (args.some((id) => id > PLAIN)) s.members.set(`on ${name}`, extractor.add(listening(args)))
    }
  }
}

function listening(args) {
  const calls = [{ min: 2, max: 2, result: UNKNOWN, functions: [{ at: 1, kind: OTHER, required: false, args }], timeout: null, signal: null, needs: null }]
  return Object.assign(shape(), { calls })
}

/** The events that a parameter of type t takes: a text, some texts, or the keys of a table of events. */
function namesOf(checker, t) {
  const bound = t.flags & (ts.TypeFlags.TypeParameter | ts.TypeFlags.Index) ? checker.getBaseConstraintOfType(t) : t
  const parts = bound?.isUnion() ? bound.types : bound ? [bound] : []
  return parts.filter((p) => p.isStringLiteral()).map((p) => p.value)
}

/** The types of a listener's parameters for an event: `(chunk: Buffer) => …`, `(...args: Events[E]) => …`, `Events[E]`. */
function carried(checker, listener, event) {
  const of = entry(checker, listener, event) ?? listener
  const params = of.getCallSignatures()[0]?.getParameters() ?? []
  return params.slice(0, 6).flatMap((p) => {
    const t = checker.getTypeOfSymbol(p)
    if (!p.valueDeclaration?.dotDotDotToken) return [t]
    const list = entry(checker, t, event) ?? t
    return checker.isTupleType(list) ? checker.getTypeArguments(list).slice(0, 6) : []
  })
}

/** What a table of events (`T[E]`) has for one of them. */
function entry(checker, t, event) {
  if (!(t.flags & ts.TypeFlags.IndexedAccess)) return undefined
  const table = types.settled(checker, t.objectType) ?? t.objectType
  const p = checker.getPropertyOfType(table, event)
  return p && checker.getTypeOfSymbol(p)
}
