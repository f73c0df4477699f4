// An installed package → the TypeScript program that imports it, and the roots of its graph.
import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { Extractor } from './extract.mjs'
import { shape, UNKNOWN, PLAIN } from './graph.mjs'
import * as types from './types.mjs'

const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
  types: ['node'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  esModuleInterop: true,
  resolveJsonModule: true,
}

/**
 * Reads the declarations of the specifiers from where they are installed.
 * The result: nodes, entries (a module a specifier) and named types; missing lists the specifiers without types.
 */
export function read(root, { self, specifiers, globals, foreign, overlay, ...limits }) {
  const files = specifiers.map((spec, i) => {
    const file = path.join(root, `entry${i}.ts`)
    fs.writeFileSync(file, `import * as m from ${JSON.stringify(spec)}\nexport { m }\n`)
    return file
  })
  if (overlay) files.push(overlay)
  const program = ts.createProgram(files, { ...OPTIONS, typeRoots: [path.join(root, 'node_modules/@types')], types: ['node'] })
  const checker = program.getTypeChecker()
  const ex = new Extractor(checker, { self, foreign: foreign?.(checker), ...limits })
  const entries = []
  const missing = []
  specifiers.forEach((spec, i) => {
    const node = program.getSourceFile(files[i]).statements[0].moduleSpecifier
    const symbol = checker.getSymbolAtLocation(node)
    if (!symbol) return missing.push(spec)
    entries.push({ specifier: spec, ...moduleShape(ex, checker, symbol, node) })
  })
  if (globals) entries.push({ specifier: 'globals', ...globalShape(ex, checker, program.getSourceFile(files[0]), globals) })
  ex.run()
  if (ex.keys.size > 0) {
    const named = Object.assign(shape(), { members: ex.keys })
    entries.push({ specifier: 'keys', module: ex.add(), types: ex.add(named), commonjs: false })
  }
  return { nodes: ex.nodes, entries, missing, cut: ex.cut, deep: ex.deep }
}

/** A module's shape has its exports as members; `export =` gives the shape of the value itself. */
function moduleShape(ex, checker, symbol, at) {
  const assigned = symbol.exports?.get('export=')
  const value = shape()
  const named = shape()
  const target = checker.resolveExternalModuleSymbol?.(symbol) ?? symbol
  for (const e of checker.getExportsOfModule(symbol)) exported(ex, checker, e, at, assigned ? shape() : value, named)
  const module = assigned ? ex.shapeOf(checker.getTypeOfSymbolAtLocation(target, at), 0) : ex.add(value)
  return { module, types: ex.add(named), commonjs: !!assigned }
}

function exported(ex, checker, symbol, at, value, named) {
  const s = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  if (symbol.name.startsWith('__') || symbol.name === 'export=') return
  if (s.flags & ts.SymbolFlags.ValueModule && !(s.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class | ts.SymbolFlags.Variable))) {
    value.members.set(symbol.name, namespaceShape(ex, checker, s, at))
  } else if (s.flags & ts.SymbolFlags.Value) {
    value.members.set(symbol.name, ex.shapeOf(checker.getTypeOfSymbolAtLocation(s, at), 0))
  }
  if (s.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) {
    ex.later.push(() => named.members.set(symbol.name, ex.shapeOf(checker.getDeclaredTypeOfSymbol(s), 0)))
  }
}

/** `export * as x` and `export namespace x`: once a namespace, because they may contain themselves. */
function namespaceShape(ex, checker, symbol, at) {
  if (ex.byRef.has(symbol)) return ex.byRef.get(symbol)
  const value = shape()
  const id = ex.add(value)
  ex.byRef.set(symbol, id)
  for (const e of checker.getExportsOfModule(symbol)) exported(ex, checker, e, at, value, shape())
  return id
}

/** What is visible without an import and declared in the package itself. */
function globalShape(ex, checker, file, want) {
  const value = shape()
  const named = shape()
  const all = checker.getSymbolsInScope(file, ts.SymbolFlags.Value | ts.SymbolFlags.Type | ts.SymbolFlags.Namespace)
  for (const s of all) {
    const decl = s.declarations?.find((d) => want(d.getSourceFile().fileName, s.name))
    if (decl) exported(ex, checker, s, file, value, named)
  }
  return { module: ex.add(value), types: ex.add(named), commonjs: false }
}

export { types, UNKNOWN, PLAIN }
