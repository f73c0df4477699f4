// Shapes that cannot be told apart become one: partition refinement, as for finite automata.
import { mapEdges, FIRST } from './graph.mjs'

/** Returns the smaller graph { nodes, entries }, numbered breadth first from the entries. */
export function minimise(nodes, entries) {
  const kept = reachable(nodes, entries)
  const classOf = refine(nodes, kept)
  const number = new Map()
  const order = []
  const visit = (id) => {
    if (id < FIRST) return id
    const c = classOf[id]
    if (!number.has(c)) {
      number.set(c, FIRST + order.length)
      order.push(id)
    }
    return number.get(c)
  }
  const roots = entries.map((e) => ({ ...e, module: visit(e.module), types: visit(e.types) }))
  const out = []
  for (let next = 0; next < order.length; next++) {
    const s = structuredClone(nodes[order[next]])
    mapEdges(s, visit)
    s.calls = merge(s.calls)
    s.news = merge(s.news)
    out.push(s)
  }
  return { nodes: out, entries: roots }
}

function reachable(nodes, entries) {
  const seen = new Uint8Array(nodes.length)
  const todo = entries.flatMap((e) => [e.module, e.types])
  while (todo.length > 0) {
    const id = todo.pop()
    if (id < FIRST || seen[id]) continue
    seen[id] = 1
    mapEdges(nodes[id], (to) => (todo.push(to), to))
  }
  return seen
}

function refine(nodes, kept) {
  let classOf = new Int32Array(nodes.length).fill(FIRST)
  classOf[0] = 0
  classOf[1] = 1
  for (let count = 1; ; ) {
    const classes = new Map()
    const next = new Int32Array(nodes.length)
    next[1] = 1
    for (let id = FIRST; id < nodes.length; id++) {
      if (!kept[id]) continue
      const k = key(nodes[id], classOf)
      if (!classes.has(k)) classes.set(k, FIRST + classes.size)
      next[id] = classes.get(k)
    }
    classOf = next
    if (classes.size === count) return classOf
    count = classes.size
  }
}

function key(s, classOf) {
  const to = (id) => (id === null ? '-' : classOf[id])
  const members = [...s.members].map(([name, id]) => `${name}:${classOf[id]}`).sort().join()
  const sigs = (list) => [...new Set(list.map((sig) => signatureKey(sig, classOf)))].join(';')
  const flags = `${+s.emitter}${+s.lazy}${+s.asyncIterable}`
  return `${flags}|${to(s.awaited)}|${to(s.element)}|${to(s.index)}|${s.ref ? `${s.ref.package} ${s.ref.key}` : ''}|${s.given ? `${s.given.at},${s.given.how},${classOf[s.given.otherwise]}` : ''}|${members}|${sigs(s.calls)}|${sigs(s.news)}`
}

const place = (o) => (o ? `${o.at}${o.name}` : '')

function signatureKey(sig, classOf, arity = `${sig.min},${sig.max}`) {
  const functions = sig.functions.map((f) => `${f.at}.${f.kind}.${+f.required}(${f.args.map((id) => classOf[id])})`).join()
  return `${arity}>${classOf[sig.result]}[${functions}]${place(sig.timeout)}/${place(sig.signal)}/${place(sig.needs)}`
}

/** Overloads that differ only in how many arguments they take become one. */
function merge(list) {
  const identity = new Proxy({}, { get: (_, id) => id })
  const byKey = new Map()
  for (const sig of list) {
    const k = signatureKey(sig, identity, '')
    const earlier = byKey.get(k)
    if (!earlier) byKey.set(k, { ...sig })
    else {
      earlier.min = Math.min(earlier.min, sig.min)
      earlier.max = earlier.max < 0 || sig.max < 0 ? -1 : Math.max(earlier.max, sig.max)
    }
  }
  const out = [...byKey.values()]
  if (out.length === 1) [out[0].min, out[0].max, out[0].needs] = [0, -1, null]
  return out
}
