// Plays the worker of Azure Functions for one invocation of an HTTP function: @azure/functions registers the function and makes
// the response; what the worker itself does around them is here. node azure.cjs FUNCTION-FILE
'use strict';
const fs = require('node:fs');
const Module = require('node:module');

const say = (line) => fs.writeSync(1, `oracle: ${line}\n`);
const end = (after) => setTimeout(() => process.exit(0), after);

let model, registered;
const core = {
  version: '0.0.0',
  hostVersion: '0.0.0',
  setProgrammingModel(m) { model = m; },
  getProgrammingModel: () => model,
  registerFunction(metadata, callback) { registered = { metadata, callback }; },
  registerHook() {},
};
const load = Module._load;
Module._load = function (request, ...rest) {
  return request === '@azure/functions-core' ? core : load.call(this, request, ...rest);
};

async function invoke({ metadata, callback }) {
  const trigger = Object.keys(metadata.bindings).find((name) => /trigger$/i.test(metadata.bindings[name].type));
  const http = { method: 'GET', url: 'http://localhost/api/f', headers: {}, query: {}, params: {} };
  const context = {
    invocationId: 'i1', metadata: { name: 'f', ...metadata }, state: undefined, log() {},
    request: { invocationId: 'i1', inputData: [{ name: trigger, data: { http } }], triggerMetadata: {} },
  };
  const run = model.getInvocationModel(context);
  const { context: given, inputs } = await run.getArguments();
  return run.getResponse(given, await run.invokeFunction(given, inputs, callback));
}

require(process.argv[2]);
end(2000); // the worker's connection to the host keeps the process alive; nothing answers after this
invoke(registered).then(() => say('answered'), () => say('error')).then(() => end(400));
