// Makes the extension: node integrations/vscode/build.mjs <version> <directory> [platform…]
//
// Each platform becomes a .vsix with the binary in it. The same commit gives the same bytes. Before: npm ci --ignore-scripts
import { createVSIX } from '@vscode/vsce';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBinary, release } from '../npm/binary.mjs';
import { bundle } from './bundle.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const top = resolve(here, '../..');
const { version, out, asked } = release('build.mjs');

process.env.SOURCE_DATE_EPOCH = execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: top, encoding: 'utf8' }).trim();
for (const platform of asked) {
  const dir = join(out, platform);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, 'bin'), { recursive: true });
  writeFileSync(join(dir, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  cpSync(join(here, 'README.md'), join(dir, 'README.md'));
  cpSync(join(top, 'LICENSE'), join(dir, 'LICENSE'));
  await bundle('src/extension.ts', join(dir, 'dist/extension.js'));
  buildBinary(platform, version, join(dir, 'bin'));
  await createVSIX({ cwd: dir, packagePath: join(out, `handlervet-${platform}.vsix`), target: platform, dependencies: false });
}

/** What of package.json users need: all code is in the bundle. */
function manifest() {
  const { scripts, dependencies, devDependencies, ...rest } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  return { ...rest, version, files: ['bin', 'dist', 'LICENSE', 'README.md'] };
}
