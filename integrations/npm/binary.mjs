// Builds handlervet for one of npm's platforms. The same commit gives the same bytes.
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
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

/**
 * Writes the binary for a platform into a directory. HANDLERVET_BINARIES names a directory of binaries that are built already, as
 * internal/release leaves them.
 */
export function buildBinary(platform, version, directory) {
  const [GOOS, GOARCH] = platforms[platform];
  const name = GOOS === 'windows' ? 'handlervet.exe' : 'handlervet';
  if (process.env.HANDLERVET_BINARIES) {
    cpSync(join(process.env.HANDLERVET_BINARIES, `${GOOS}-${GOARCH}`, name), join(directory, name));
    return;
  }
  const flags = ['-trimpath', '-buildvcs=false', `-ldflags=-s -w -buildid= -X main.stamped=${version}`];
  execFileSync(
    'go',
    ['build', ...flags, '-o', join(directory, name), './cmd/handlervet'],
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
