// Installs a package, and its types from DefinitelyTyped if it has none of its own, into a temporary folder.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** The types of Node that everything is read with. */
export const NODE_TYPES = '26.6.6'
/** Nothing that was published later is installed: the same input gives the same index. */
export const BEFORE = '2026-11-01'

const CACHE = path.join(os.tmpdir(), 'promiseindex')

/** Returns { root, version, typed } of name at the newest version of the major (or of the range given). */
export function install(name, range, also = []) {
  const root = path.join(CACHE, `${name.replace('/', '+')}@${range}`)
  const own = path.join(root, 'node_modules', name)
  if (!fs.existsSync(path.join(root, 'done'))) {
    fs.rmSync(root, { recursive: true, force: true })
    fs.mkdirSync(root, { recursive: true })
    fs.writeFileSync(path.join(root, 'package.json'), JSON.stringify({ private: true, overrides: { '@types/node': NODE_TYPES } }))
    npm(root, [`${name}@${range}`, `@types/node@${NODE_TYPES}`, ...also])
    if (!hasTypes(own)) typesFor(root, name, range)
    fs.writeFileSync(path.join(root, 'done'), '')
  }
  return { root, version: JSON.parse(fs.readFileSync(path.join(own, 'package.json'))).version }
}

function npm(root, packages) {
  const flags = ['--ignore-scripts', '--save-exact', '--no-audit', '--no-fund', '--no-package-lock', '--legacy-peer-deps', '--loglevel=error', `--before=${BEFORE}`]
  execFileSync('npm', ['install', ...flags, ...packages], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 })
}

function hasTypes(dir) {
  const manifest = JSON.parse(fs.readFileSync(path.join(dir, 'package.json')))
  if (manifest.types || manifest.typings || JSON.stringify(manifest.exports ?? '').includes('.d.')) return true
  return fs.existsSync(path.join(dir, 'index.d.ts'))
}

/** DefinitelyTyped follows a package's majors; where it does not, its newest types are the next best. */
function typesFor(root, name, range) {
  const types = '@types/' + name.replace(/^@/, '').replace('/', '__')
  if (fs.existsSync(path.join(root, 'node_modules', types))) return // packages.json chose them
  for (const at of [`@${range}`, '']) {
    try {
      return npm(root, [types + at])
    } catch {
      // no such version, or no types at all: then the index has nothing to say about the package
    }
  }
}
