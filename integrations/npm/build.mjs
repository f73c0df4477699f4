// Makes the npm packages: node integrations/npm/build.mjs <version> <directory> [platform…]
//
// Each platform becomes a package that holds one binary and that npm installs only there; `handlervet` has them as
// optional dependencies. The same commit gives the same bytes. Publish the platforms first, then `handlervet`.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBinary, platforms, release } from './binary.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const top = resolve(here, '../..');

const { version, out, asked } = release('build.mjs');

const common = JSON.parse(readFileSync(join(here, 'handlervet/package.json'), 'utf8'));
rmSync(out, { recursive: true, force: true });
for (const platform of asked) {
  pack(makePlatform(platform));
}
pack(makeMain());

function makePlatform(platform) {
  const [os, cpu] = platform.split('-');
  const dir = join(out, platform);
  mkdirSync(join(dir, 'bin'), { recursive: true });
  buildBinary(platform, version, join(dir, 'bin'));
  const { license, repository } = common;
  write(dir, {
    name: `@handlervet/${platform}`,
    version,
    description: `handlervet for ${os} on ${cpu}; install handlervet instead`,
    license,
    repository,
    files: ['bin'],
    os: [os],
    cpu: [cpu],
    preferUnplugged: true,
  });
  return dir;
}

function makeMain() {
  const dir = join(out, 'handlervet');
  cpSync(join(here, 'handlervet'), dir, { recursive: true });
  cpSync(join(here, 'README.md'), join(dir, 'README.md'));
  cpSync(join(top, 'schema'), join(dir, 'schema'), { recursive: true });
  const optionalDependencies = Object.fromEntries(Object.keys(platforms).map((p) => [`@handlervet/${p}`, version]));
  write(dir, { ...common, version, optionalDependencies });
  return dir;
}

function write(dir, manifest) {
  writeFileSync(join(dir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(join(top, 'LICENSE'), join(dir, 'LICENSE'));
}

function pack(dir) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['pack', '--silent', '--ignore-scripts', '--pack-destination', out, dir], { stdio: 'inherit', shell: process.platform === 'win32' });
}
