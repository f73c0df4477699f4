#!/usr/bin/env node
// Starts the handlervet of the package for this platform, or the one that HANDLERVET_BINARY names.
'use strict';

const { spawnSync } = require('node:child_process');
const { constants } = require('node:os');

/** The exit status that says that handlervet could not do its work. */
const FAILED = 2;

function fail(message) {
  console.error(`handlervet: ${message}`);
  process.exit(FAILED);
}

function binary() {
  if (process.env.HANDLERVET_BINARY) {
    return process.env.HANDLERVET_BINARY;
  }
  const platform = `${process.platform}-${process.arch}`;
  const name = `@handlervet/${platform}`;
  const { optionalDependencies = {} } = require('../package.json');
  if (!(name in optionalDependencies)) {
    fail(`there is no package for ${platform}. Build handlervet from source and set HANDLERVET_BINARY to it.`);
  }
  try {
    return require.resolve(`${name}/bin/handlervet${process.platform === 'win32' ? '.exe' : ''}`);
  } catch {
    return fail(
      `the package ${name} is not installed. It is an optional dependency of handlervet: install again on this platform ` +
        `and without --omit=optional, or set HANDLERVET_BINARY to a handlervet.`,
    );
  }
}

const file = binary();
const result = spawnSync(file, process.argv.slice(2), { stdio: 'inherit' });
if (result.error) {
  fail(`cannot start ${file}: ${result.error.message}`);
}
process.exit(result.signal ? 128 + constants.signals[result.signal] : result.status);
