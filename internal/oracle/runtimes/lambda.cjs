// Stands for the native client of aws-lambda-ric, which only moves bytes between the runtime and Lambda: it hands out one
// invocation and prints what the runtime posts. Loaded with --require.
'use strict';
const fs = require('node:fs');
const Module = require('node:module');

const say = (line) => fs.writeSync(1, `oracle: ${line}\n`);

let drained = false;
process.on('beforeExit', () => { drained = true; });

let handed = false;
const client = {
  initializeClient() {},
  next() {
    if (!handed) {
      handed = true;
      return Promise.resolve({
        bodyJson: '{}',
        headers: {
          'lambda-runtime-aws-request-id': 'r1',
          'lambda-runtime-deadline-ms': String(Date.now() + 3000),
          'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:123456789012:function:f',
        },
      });
    }
    // The next invocation thaws what this one left: time for it to fail, then the end.
    return new Promise(() => { setTimeout(() => process.exit(0), 400); });
  },
  done(id, body) { say(drained && body === 'null' ? 'empty' : 'answered'); },
  error() { say('error'); },
};

const load = Module._load;
Module._load = function (request, ...rest) {
  return request === './rapid-client.node' ? client : load.call(this, request, ...rest);
};
