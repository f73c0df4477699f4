// Questions about one TypeScript type: where it was declared, what it is below its aliases and constraints.
import ts from 'typescript'

const PRIMITIVE = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BigIntLike | ts.TypeFlags.BooleanLike |
  ts.TypeFlags.ESSymbolLike | ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.Null

export const isPrimitive = (t) => (t.flags & PRIMITIVE) !== 0
export const isUnknown = (t) => (t.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never | ts.TypeFlags.NonPrimitive)) !== 0
export const isVoid = (t) => (t.flags & ts.TypeFlags.Void) !== 0
export const isNullish = (t) => (t.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)) !== 0
export const isGeneric = (t) =>
  (t.flags & (ts.TypeFlags.TypeParameter | ts.TypeFlags.IndexedAccess | ts.TypeFlags.Conditional | ts.TypeFlags.Substitution | ts.TypeFlags.Index)) !== 0

/** Where a type was declared: 'lib', 'dom', 'node', another package's name, or '' for an anonymous type. */
export function origin(type) {
  const file = type.symbol?.declarations?.[0]?.getSourceFile().fileName
  if (!file) return ''
  const lib = /\/lib\.([a-z0-9.]+)\.d\.ts$/.exec(file)
  if (lib && file.includes('/typescript/lib/')) return lib[1].startsWith('dom') || lib[1].startsWith('webworker') ? 'dom' : 'lib'
  return packageOf(file)
}

/** The package that a file below node_modules belongs to. Node's types and undici's (fetch) are 'node'. */
export function packageOf(file) {
  const at = file.lastIndexOf('/node_modules/')
  if (at < 0) return ''
  const parts = file.slice(at + '/node_modules/'.length).split('/')
  const name = parts[0].startsWith('@') ? `${parts[0]}/${parts[1]}` : parts[0]
  return name === '@types/node' || name === 'undici-types' ? 'node' : name
}

/** The constraint or default of a type parameter or of another type that is not settled yet; undefined: nothing known. */
export function settled(checker, type) {
  for (let i = 0; i < 8 && isGeneric(type); i++) {
    const constraint = checker.getBaseConstraintOfType(type)
    const bound = constraint && !isUnknown(constraint) && constraint !== type ? constraint : type.getDefault?.()
    if (!bound || bound === type) return undefined
    type = bound
  }
  return isGeneric(type) ? undefined : type
}

/** The name under which Node's types are found again: `stream.Readable`, `Response`. */
export function nodeKey(checker, symbol, isInstance) {
  const name = checker.getFullyQualifiedName(symbol).replace(/^"[^"]*undici-types\/[^"]*"\.|["]|node:/g, '').replace(/^global(This)?\./, '').replace(/^NodeJS\.EventEmitter$/, 'EventEmitter')
  return (isInstance ? '' : 'typeof ') + name
}

/** True for a class's or an interface's instance type, as opposed to `typeof Class`. */
export const isInstance = (type) => (type.objectFlags & (ts.ObjectFlags.ClassOrInterface | ts.ObjectFlags.Reference)) !== 0

/** True if type is the library's Promise or extends it. */
export function isRealPromise(checker, type, depth = 0) {
  if (depth > 6) return false
  if (type.isIntersection?.()) return type.types.some((t) => isRealPromise(checker, t, depth + 1))
  const name = type.symbol?.name
  if (name === 'Promise' && origin(type) === 'lib') return true
  const target = type.target ?? type
  if (!target.isClassOrInterface?.()) return false
  return (checker.getBaseTypes(target) ?? []).some((t) => isRealPromise(checker, t, depth + 1))
}
