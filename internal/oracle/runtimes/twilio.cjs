// Starts the development server of @twilio/runtime-handler: node twilio.cjs PORT FUNCTION-FILE
'use strict';
const { LocalDevelopmentServer } = require('@twilio/runtime-handler/dev');

const [port, filePath] = process.argv.slice(2);
const quiet = () => {};
new LocalDevelopmentServer(Number(port), {
  baseDir: process.cwd(),
  env: {},
  port: Number(port),
  url: `http://localhost:${port}`,
  detailedLogs: false, live: false, logs: false, legacyMode: false, enableDebugLogs: false,
  appName: 'oracle',
  forkProcess: false,
  logger: { debug: quiet, info: quiet, warn: quiet, error: quiet, log: quiet },
  routes: { functions: [{ access: 'public', content: '', name: '/f', path: '/f', filePath }], assets: [] },
}).listen();
