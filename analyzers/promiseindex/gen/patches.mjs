// What declarations cannot say: put into the graph by hand.
import { shape, UNKNOWN } from './graph.mjs'

const call = (result) => ({ min: 0, max: -1, result, functions: [], timeout: null, signal: null, needs: null })

/** util.promisify gives a function that gives a promise; its declaration says so only for named parameters. */
export function patchNode(nodes, entries) {
  const add = (s) => nodes.push(s) - 1
  const promise = add(Object.assign(shape(), { awaited: UNKNOWN }))
  const promisified = add(Object.assign(shape(), { calls: [call(promise)] }))
  const promisify = add(Object.assign(shape(), { calls: [call(promisified)] }))
  for (const e of entries) if (e.specifier === 'util') nodes[e.module].members.set('promisify', promisify)
}
