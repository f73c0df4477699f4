// Starts the development server of @twilio/runtime-handler: node twilio.cjs PORT FUNCTION-FILE in-process|fork
'use strict';
const { LocalDevelopmentServer } = require('@twilio/runtime-handler/dev');

const [port, filePath, mode] = process.argv.slice(2);
const quiet = () => {};
new LocalDevelopmentServer(Number(port), {
  baseDir: process.cwd(),
  env: {},
  port: Number(port),
  url: `http://localhost:${port}`,
  detailedLogs: false, live: false, logs: false, legacyMode: false, enableDebugLogs: false,
  appName: 'oracle',
  forkProcess: mode === 'fork',
  logger: { debug: quiet, info: quiet, warn: quiet, error: quiet, log: quiet },
  routes: { functions: [{ access: 'public', content: '', name: '/f', path: '/f', filePath }], assets: [] },
}).listen();
