// Runs the tests that need no VS Code: node test.mjs
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const dir = mkdtempSync(join(tmpdir(), 'handlervet-vscode-'));
const files = [];
for (const name of readdirSync(join(dirname(fileURLToPath(import.meta.url)), 'src')).filter((n) => n.endsWith('.test.ts'))) {
  const file = join(dir, name.replace(/ts$/, 'cjs'));
  await bundle(`src/${name}`, file);
  files.push(file);
}
run({ files })
  .on('test:fail', () => (process.exitCode = 1))
  .on('end', () => rmSync(dir, { recursive: true }))
  .compose(spec)
  .pipe(process.stdout);
