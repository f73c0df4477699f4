// Builds handlervet for one of npm's platforms. The same commit gives the same bytes.
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = resolve(fileURLToPath(import.meta.url), '../../..');

/** npm's platforms and Go's words for them. Without cgo a Linux binary runs on musl, too. */
export const platforms = {
  'darwin-arm64': ['darwin', 'arm64'],
  'darwin-x64': ['darwin', 'amd64'],
  'linux-arm64': ['linux', 'arm64'],
  'linux-x64': ['linux', 'amd64'],
  'win32-arm64': ['windows', 'arm64'],
  'win32-x64': ['windows', 'amd64'],
};

/** Writes the binary for a platform into a directory. */
export function buildBinary(platform, directory) {
  const [GOOS, GOARCH] = platforms[platform];
  execFileSync(
    'go',
    ['build', '-trimpath', '-ldflags=-s -w -buildid=', '-o', join(directory, GOOS === 'windows' ? 'handlervet.exe' : 'handlervet'), './cmd/handlervet'],
    { cwd: top, env: { ...process.env, GOOS, GOARCH, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' }, stdio: 'inherit' },
  );
}

/** Reads `<version> <directory> [platform…]` from the command line, or says how it is used and ends. */
export function release(script) {
  const [version, directory, ...asked] = process.argv.slice(2);
  const unknown = asked.filter((p) => !(p in platforms));
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? '') || !directory || unknown.length > 0) {
    console.error(`usage: node ${script} <version> <directory> [platform…]\nplatforms: ${Object.keys(platforms).join(', ')}`);
    process.exit(2);
  }
  return { version, out: resolve(directory), asked: asked.length > 0 ? asked : Object.keys(platforms) };
}
