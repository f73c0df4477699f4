// Serves one function the way Vercel does on Lambda: the bridge and the helpers of @vercel/node-bridge around the handler that
// @vercel/node bundles. node vercel.cjs PORT MODULES PATH, in the project's folder.
'use strict';
const http = require('node:http');
const { join } = require('node:path');

const [port, modules, path] = process.argv.slice(2);
const { Bridge } = require(join(modules, '@vercel/node-bridge/bridge.js'));
const { createServerWithHelpers } = require(join(modules, '@vercel/node-bridge/helpers.js'));
const handler = require(join(modules, '@vercel/node/dist/bundling-handler.js'));

const bridge = new Bridge(undefined, true);
bridge.setServer(createServerWithHelpers(handler, bridge));
bridge.listen();

http.createServer(async (request, response) => {
  const headers = { ...request.headers, 'x-matched-path': path };
  const invocation = { Action: 'Invoke', body: JSON.stringify({ method: request.method, path, headers }) };
  const answer = await bridge.launcher(invocation, {});
  response.writeHead(answer.statusCode);
  response.end();
}).listen(Number(port), '127.0.0.1');
