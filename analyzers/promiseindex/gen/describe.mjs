// One package at one major, from npm to bytes.
import fs from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { encode } from './encode.mjs'
import { MANY } from './extract.mjs'
import { install, NODE_TYPES } from './install.mjs'
import { minimise } from './minimise.mjs'
import { patchNode } from './patches.mjs'
import { read } from './program.mjs'
import { prune } from './prune.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const MAX_SUBPATHS = 60

/** Returns { file, bytes, report } for an entry of packages.json. */
export function describe(entry, major) {
  const started = Date.now()
  const { root, version } = entry.name === 'node' ? install('@types/node', NODE_TYPES) : install(entry.name, major === '' ? 'latest' : major, entry.also)
  const asked = question(entry, root)
  let answer = read(root, asked)
  // generic types without their arguments: less exact, but whole
  if (answer.cut > MANY) answer = read(root, { ...asked, erase: true })
  const { nodes, entries, missing, cut, deep } = answer
  if (entries.length === 0) throw new Error('no types')
  if (entry.name === 'node') patchNode(nodes, entries)
  if (entry.eager) for (const s of nodes) if (s) s.lazy = false
  prune(nodes, entries, { sync: entry.sync ?? true })
  const small = minimise(nodes, entries)
  const bytes = encode({ name: entry.name, version, ...small })
  const report = `${version}, ${nodes.length} → ${small.nodes.length} shapes, ${bytes.length} bytes, ${Date.now() - started} ms` +
    (missing.length ? `, no types: ${missing.join(' ')}` : '') + (cut ? `, ${cut} cut` : '') + (deep ? `, ${deep} too deep` : '')
  const id = entry.name === 'node' ? `node@${version.split('.')[0]}` : `${entry.name}@${version.split('.')[0]}`
  return { file: id.replace('/', '+') + '.gz', bytes, report, shapes: small.nodes.length }
}

function question(entry, root) {
  if (entry.name === 'node') {
    return {
      self: 'node',
      specifiers: builtinModules.filter((m) => !m.startsWith('_')).concat('node:test', 'node:sqlite'),
      globals: (file) => /\/@types\/node\/|\/undici-types\//.test(file),
      listeners: true,
      given: true,
    }
  }
  const overlay = path.join(here, 'overlays', entry.name.replace('/', '+') + '.d.ts')
  const inPackage = `/node_modules/${entry.name}/`
  return {
    self: entry.name,
    specifiers: entry.subpaths ? ['', ...entry.subpaths].map((s) => entry.name + s) : specifiers(entry.name, root).concat(files(entry, root)),
    globals: entry.globals ? (file) => file.includes(inPackage) : undefined,
    max: entry.max,
    listeners: entry.listeners,
    given: entry.given,
    overlay: fs.existsSync(overlay) ? overlay : undefined,
  }
}

/** The package and the paths below it that its manifest exports by name. */
function specifiers(name, root) {
  const { exports } = JSON.parse(fs.readFileSync(path.join(root, 'node_modules', name, 'package.json')))
  const keys = exports && typeof exports === 'object' ? Object.keys(exports).filter((k) => k.startsWith('./') && !k.includes('*') && !/\.(json|css|m?js|cjs)$/.test(k)) : []
  return [name, ...keys.slice(0, MAX_SUBPATHS).map((k) => name + k.slice(1).replace(/\/$/, ''))]
}

/** The modules in the folders that packages.json names: `aws-sdk/clients/s3`. */
function files({ name, folders = [] }, root) {
  return folders.flatMap((folder) =>
    fs.readdirSync(path.join(root, 'node_modules', name, folder)).filter((f) => f.endsWith('.d.ts')).map((f) => `${name}/${folder}/${f.slice(0, -5)}`))
}
