
// Code that loops cannot be stopped from within: the handler runs in a process of its own, which is ended if it does not give way.
const patience = 5000; // ms of real time
const apart = () => new Promise((resolve) => {
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const child = fork(fileURLToPath(import.meta.url), ['apart'], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const stop = () => { resolve({ looping: true }); child.kill('SIGKILL'); };
  let timer = setTimeout(stop, 6 * patience);
  child.on('message', (told) => {
    clearTimeout(timer);
    if (told === 'loaded') timer = setTimeout(stop, patience);
    else { resolve(told); child.kill('SIGKILL'); }
  });
  child.on('exit', (code, signal) => { clearTimeout(timer); resolve({ error: `the process of the handler ended: ${signal ?? code}` }); });
});

// Looking at the clock takes a moment, so that waiting in a loop ends.
function costly() {
  const Mocked = Date;
  let looked = 0;
  globalThis.Date = class extends Mocked {
    constructor(...args) { super(...(args.length > 0 ? args : [Date.now()])); }
    static now() { return Mocked.now() + ++looked; }
  };
}
