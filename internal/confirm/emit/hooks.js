// Lets Node load the project's ES modules with packages replaced. It runs in the loader's own thread.
import { existsSync, readFileSync } from 'node:fs';
import * as node from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
let known;
export const initialize = (data) => { known = data; };
const plain = (specifier) => specifier.replace(/^node:/, '');
const replaces = (specifier) => known.packages.includes(plain(specifier)) || specifier in known.names && !node.isBuiltin(specifier);
export async function resolve(specifier, context, next) {
  const alias = known.aliases[specifier];
  if (alias || specifier.startsWith('.')) {
    const base = alias ? pathToFileURL(known.root + '/' + alias) : new URL(specifier, context.parentURL);
    for (const end of ['', '.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js']) {
      const url = base.href + end;
      if (/\.\w+$/.test(url) && existsSync(fileURLToPath(url))) return next(url, context);
    }
  }
  return replaces(specifier) ? { url: 'replaced:' + specifier, shortCircuit: true } : next(specifier, context);
}
// What a bundler or compiler would give a module that is written as an ES module and uses what CommonJS has.
const lent = {
  require: "(await import('node:module')).createRequire(import.meta.url)", __filename: "(await import('node:url')).fileURLToPath(import.meta.url)",
  __dirname: "(await import('node:url')).fileURLToPath(new URL('.', import.meta.url))", exports: '{}', module: '{ exports: {} }',
};
function mixed(source) {
  const missing = Object.keys(lent).filter((name) => new RegExp('(?<![.\\w$])' + name + '\\b').test(source)
    && !new RegExp('\\b(const|let|var|function|class|import|from)\\b[^;=(\'"]*\\b' + name + '\\b').test(source));
  if (missing.length === 0) return source;
  const lines = missing.map((name) => 'const ' + name + ' = ' + lent[name] + '; ').join('');
  return lines + source + (missing.includes('exports') ? '\nexport { exports as $exports };' : '');
}
export async function load(url, context, next) {
  if (url.startsWith('replaced:')) {
    const name = url.slice('replaced:'.length);
    const it = 'globalThis.replaced(' + JSON.stringify(plain(name)) + ')';
    const named = (known.names[name] || []).map((n) => 'export const ' + n + ' = ' + it + '.' + n + ';');
    return { format: 'module', shortCircuit: true, source: 'export default ' + it + ';\n' + named.join('\n') };
  }
  const file = known.modules.find((name) => url === pathToFileURL(known.root + '/' + name).href);
  if (!file) return next(url, context);
  const text = readFileSync(fileURLToPath(url), 'utf8');
  const typed = /\.[cm]?tsx?$/.test(file);
  return { format: 'module', shortCircuit: true, source: mixed(typed ? node.stripTypeScriptTypes(text, { mode: 'transform' }) : text) };
}
