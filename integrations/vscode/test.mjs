// Runs the tests that need no VS Code: node test.mjs
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';

const dir = mkdtempSync(join(tmpdir(), 'handlervet-vscode-'));
const file = join(dir, 'server.test.cjs');
await bundle('src/server.test.ts', file);
run({ files: [file] })
  .on('test:fail', () => (process.exitCode = 1))
  .on('end', () => rmSync(dir, { recursive: true }))
  .compose(spec)
  .pipe(process.stdout);
