// Makes the npm packages: node integrations/npm/build.mjs <version> <directory> [platform…]
//
// Each platform becomes a package that holds one binary and that npm installs only there; `handlervet` has them as
// optional dependencies. The same commit gives the same bytes. Publish the platforms first, then `handlervet`.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const top = resolve(here, '../..');

/** npm's platforms and Go's words for them. Without cgo a Linux binary runs on musl, too. */
const platforms = {
  'darwin-arm64': ['darwin', 'arm64'],
  'darwin-x64': ['darwin', 'amd64'],
  'linux-arm64': ['linux', 'arm64'],
  'linux-x64': ['linux', 'amd64'],
  'win32-arm64': ['windows', 'arm64'],
  'win32-x64': ['windows', 'amd64'],
};

const [version, target, ...asked] = process.argv.slice(2);
const unknown = asked.filter((p) => !(p in platforms));
if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? '') || !target || unknown.length > 0) {
  console.error(`usage: node build.mjs <version> <directory> [platform…]\nplatforms: ${Object.keys(platforms).join(', ')}`);
  process.exit(2);
}
const out = resolve(target);

const common = JSON.parse(readFileSync(join(here, 'handlervet/package.json'), 'utf8'));
rmSync(out, { recursive: true, force: true });
for (const platform of asked.length > 0 ? asked : Object.keys(platforms)) {
  pack(makePlatform(platform));
}
pack(makeMain());

function makePlatform(platform) {
  const [os, cpu] = platform.split('-');
  const [GOOS, GOARCH] = platforms[platform];
  const dir = join(out, platform);
  mkdirSync(join(dir, 'bin'), { recursive: true });
  execFileSync(
    'go',
    ['build', '-trimpath', '-ldflags=-s -w -buildid=', '-o', join(dir, 'bin', GOOS === 'windows' ? 'handlervet.exe' : 'handlervet'), './cmd/handlervet'],
    { cwd: top, env: { ...process.env, GOOS, GOARCH, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' }, stdio: 'inherit' },
  );
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
