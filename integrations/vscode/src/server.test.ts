import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { findServer, type Places } from './server';

const linux = { platform: 'linux', arch: 'x64' };
const windows = { platform: 'win32', arch: 'x64' };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'handlervet-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function program(...segments: string[]): string {
  const file = join(root, ...segments);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  return file;
}

function places(change: Partial<Places> = {}): Places {
  return {
    setting: '',
    folders: [join(root, 'one'), join(root, 'two')],
    path: [join(root, 'usr'), join(root, 'local')].join(delimiter),
    extension: join(root, 'extension'),
    ...change,
  };
}

test('the setting, then the workspace, then the PATH, then the extension', () => {
  const all = [
    program('set', 'handlervet'),
    program('one', 'node_modules', '.bin', 'handlervet'),
    program('two', 'node_modules', '.bin', 'handlervet'),
    program('usr', 'handlervet'),
    program('local', 'handlervet'),
    program('extension', 'bin', 'handlervet'),
  ];
  assert.equal(findServer(places({ setting: all[0] }), linux).command, all[0]);
  for (const file of all.slice(1)) {
    assert.equal(findServer(places(), linux).command, file);
    rmSync(file);
  }
  assert.throws(() => findServer(places(), linux), /there is no handlervet/);
});

test('what is chosen is said', () => {
  program('usr', 'handlervet');
  assert.equal(findServer(places(), linux).from, 'PATH');
  program('two', 'node_modules', '.bin', 'handlervet');
  assert.equal(findServer(places(), linux).from, `node_modules of ${join(root, 'two')}`);
});

test('a relative setting is relative to the workspace folders', () => {
  const file = program('two', 'tools', 'handlervet');
  assert.equal(findServer(places({ setting: 'tools/handlervet' }), linux).command, file);
});

test('a setting that names nothing is an error, whatever else there is', () => {
  program('usr', 'handlervet');
  assert.throws(() => findServer(places({ setting: '/nowhere/handlervet' }), linux), /\/nowhere\/handlervet/);
  assert.throws(() => findServer(places({ setting: root }), linux), /no program/);
});

test('a relative entry of the PATH does not count', () => {
  program('usr', 'handlervet');
  const before = process.cwd();
  process.chdir(root);
  try {
    assert.throws(() => findServer(places({ path: ['', '.', 'usr'].join(delimiter) }), linux), /there is no handlervet/);
  } finally {
    process.chdir(before);
  }
});

test('a file that may not be run does not count', () => {
  chmodSync(program('one', 'node_modules', '.bin', 'handlervet'), 0o644);
  const file = program('usr', 'handlervet');
  assert.equal(findServer(places(), linux).command, file);
});

test('on Windows it is the program of the package, not the script', () => {
  program('one', 'node_modules', '.bin', 'handlervet');
  const file = program('two', 'node_modules', '@handlervet', 'win32-x64', 'bin', 'handlervet.exe');
  assert.equal(findServer(places(), windows).command, file);
});
