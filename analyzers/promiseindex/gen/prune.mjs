// Cuts what leads to no promise, node-style callback or emitter. What is cut stays known as "no promise".
import { mapEdges, shape, UNKNOWN, PLAIN, FIRST } from './graph.mjs'
import { NODE_STYLE } from './signature.mjs'

/** Changes nodes in place; the entries' modules stay. */
export function prune(nodes, entries, { sync = true } = {}) {
  const live = reaching(nodes)
  const syncNode = nodes.length
  const replace = (id) => {
    if (id < FIRST || live[id]) return id
    const { calls } = nodes[id]
    return sync && calls.length > 0 && calls.every((c) => c.result !== UNKNOWN) ? syncNode : PLAIN
  }
  for (const e of entries) live[e.module] = live[e.types] = 1
  for (let id = FIRST; id < syncNode; id++) if (live[id]) tidy(nodes[id], replace)
  for (const e of entries) {
    const named = nodes[e.types].members
    for (const [name, to] of named) if (to <= PLAIN || to === syncNode) named.delete(name)
  }
  const s = shape()
  s.calls = [{ min: 0, max: -1, result: PLAIN, functions: [], timeout: null, signal: null, needs: null }]
  nodes.push(s)
}

/** For every node whether something worth knowing can be reached from it. */
function reaching(nodes) {
  const back = Array.from(nodes, () => [])
  const live = new Uint8Array(nodes.length + 1)
  const todo = []
  for (let id = FIRST; id < nodes.length; id++) {
    mapEdges(nodes[id], (to) => (to >= FIRST && back[to].push(id), to))
    if (worthKnowing(nodes[id])) todo.push(id)
  }
  while (todo.length > 0) {
    const id = todo.pop()
    if (live[id]) continue
    live[id] = 1
    todo.push(...back[id])
  }
  return live
}

function worthKnowing(s) {
  return s.awaited !== null || s.emitter || s.asyncIterable || s.ref !== null || s.given !== null ||
    [...s.calls, ...s.news].some((sig) => sig.functions.some((f) => f.kind === NODE_STYLE))
}

function tidy(s, replace) {
  mapEdges(s, replace)
  for (const [name, to] of s.members) if (to <= PLAIN) s.members.delete(name)
  for (const role of ['element', 'index']) if (s[role] !== null && s[role] <= PLAIN) s[role] = null
  for (const list of [s.calls, s.news]) {
    for (const sig of list) {
      for (const f of sig.functions) while (f.args.length > 0 && f.args.at(-1) <= PLAIN) f.args.pop()
      if (list.length === 1) [sig.min, sig.max, sig.needs] = [0, -1, null] // no overload to choose: the number of arguments does not matter
    }
  }
}
