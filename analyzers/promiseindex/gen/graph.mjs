// The graph that the other steps pass on: nodes are shapes, numbered; edges are labelled with a member's name or a role.

/** No knowledge: an edge to it is not written. */
export const UNKNOWN = 0
/** A value that is known to be neither promise nor emitter, and of which nothing else is worth knowing. */
export const PLAIN = 1
export const FIRST = 2

/** An empty shape. */
export function shape() {
  return {
    members: new Map(), // name → node
    calls: [], // signatures, see signature.mjs
    news: [],
    awaited: null, // node of the value that awaiting gives; null: no promise
    element: null, // node of what iterating gives
    index: null, // node of any member that is not named
    ref: null, // { package, key }: the shape is another package's
    given: null, // { at, how, otherwise }: what an argument of the call says, else another node
    emitter: false,
    lazy: false, // has its own `then` and is no subclass of Promise
    asyncIterable: false,
  }
}

/** Calls visit(node) for every edge and puts what it returns in the edge's place. */
export function mapEdges(s, visit) {
  for (const [name, to] of s.members) s.members.set(name, visit(to))
  for (const role of ['awaited', 'element', 'index']) if (s[role] !== null) s[role] = visit(s[role])
  if (s.given) s.given = { ...s.given, otherwise: visit(s.given.otherwise) }
  for (const sig of [...s.calls, ...s.news]) {
    sig.result = visit(sig.result)
    for (const cb of sig.functions) cb.args = cb.args.map(visit)
  }
}
