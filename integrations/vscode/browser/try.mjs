// What a user does in VS Code, done by the test: node try.mjs <install.sh's directory> <chromium> <vsix> <project> <screenshot>
//
// Each step prints what is seen; what is not seen in time ends it with an error and a screenshot.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [installed, chromium, vsix, project, screenshot] = process.argv.slice(2).map((a) => resolve(a));
const { default: puppeteer } = await import(createRequire(join(installed, 'node_modules/')).resolve('puppeteer-core'));
const patience = 60_000; // milliseconds; it only decides how long a failure takes

const home = mkdtempSync(join(tmpdir(), 'handlervet-code-'));
const code = join(installed, 'code-server/out/node/entry.js');
const places = ['--user-data-dir', join(home, 'user'), '--extensions-dir', join(home, 'extensions')];
const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home };
execFileSync(process.execPath, [code, ...places, '--install-extension', vsix], { env, stdio: ['ignore', 'ignore', 'inherit'] });

const port = await freePort();
const server = spawn(
  process.execPath,
  [code, ...places, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check', project],
  { env, stdio: 'ignore' },
);
const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox', '--window-size=1400,900'], defaultViewport: null });
const page = await browser.newPage();
try {
  await visit();
  await steps();
} catch (error) {
  console.log(String(error));
  process.exitCode = 1;
  await page.screenshot({ path: screenshot });
} finally {
  await browser.close();
  server.kill();
  await new Promise((done) => server.once('exit', done));
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

async function steps() {
  await (await see('.monaco-dialog-box a', "No, I don't trust the authors")).click();
  await open('functions/send.js');
  await new Promise((done) => setTimeout(done, 10_000)); // a multiple of what a start takes
  console.log(`untrusted: ${started()}`);
  await (await see('.statusbar-item a', 'Restricted Mode')).click();
  await (await see('.workspace-trust-editor a.monaco-button', 'Trust')).click();

  await (await see('.tab', 'send.js')).click();
  await see('.squiggly-error');
  console.log(`trusted: ${started()}`);
  await (await see('.codelens-decoration a', 'confirm')).click();
  console.log(`run: ${await text(await see('.view-line', 't = 10 000 ms'))}`);
  await see('.codelens-decoration a', 'confirmed');

  console.log(`restarted: ${await restart()}`);
  await see('.codelens-decoration a', '1 finding');

  await chord('Control', 'Shift', 'KeyM');
  const problem = await see('.markers-panel .monaco-list-row', 'nothing answers');
  console.log(`problem: ${await text(problem)}`);
  await problem.click({ count: 2 }); // into the code

  await page.screenshot({ path: screenshot });
  await chord('Control', 'Period');
  await see('.action-widget .monaco-list-row', 'Answer with the error');
  await page.keyboard.press('Enter');
  console.log(`fixed: ${await text(await see('.view-line', 'return callback(error)'))}`);
  await gone('.squiggly-error');
}

/** The processes that are servers of the extension that is tried. */
function servers() {
  const all = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes(join(home, 'extensions')) && line.endsWith('handlervet lsp')).map((line) => parseInt(line, 10));
}

function started() {
  return servers().length === 0 ? 'no server runs' : 'the server runs';
}

async function restart() {
  const [before] = servers();
  await command('handlervet: Restart the Server');
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const [after, ...more] = servers();
    if (after && after !== before && more.length === 0) {
      return 'another server runs';
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error('no other server runs');
}

/** Runs a command from the palette. */
async function command(title) {
  await page.keyboard.press('F1');
  await see('.quick-input-widget input');
  await page.keyboard.type(title, { delay: 20 });
  await see('.quick-input-list .monaco-list-row', title);
  await page.keyboard.press('Enter');
}

async function open(file) {
  await chord('Control', 'KeyP');
  await see('.quick-input-widget input');
  await page.keyboard.type(file, { delay: 20 });
  await see('.quick-input-list .monaco-list-row', file.split('/').at(-1));
  await page.keyboard.press('Enter');
  await see('.tab.active', file.split('/').at(-1));
}

/** The first element of a kind whose text has some words. */
async function see(selector, words = '') {
  const handle = await page.waitForFunction(
    (s, w) => [...document.querySelectorAll(s)].find((e) => e.textContent.replaceAll('\u00a0', ' ').includes(w)),
    { timeout: patience, polling: 100 },
    selector,
    words,
  );
  return handle.asElement();
}

function gone(selector) {
  return page.waitForFunction((s) => !document.querySelector(s), { timeout: patience, polling: 100 }, selector);
}

function text(element) {
  return element.evaluate((e) => e.textContent.replaceAll('\u00a0', ' '));
}

async function chord(...keys) {
  for (const key of keys) {
    await page.keyboard.down(key);
  }
  for (const key of keys.reverse()) {
    await page.keyboard.up(key);
  }
}

/** Opens the page as soon as the server serves it. */
async function visit() {
  const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(project)}`;
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const response = await page.goto(url, { waitUntil: 'domcontentloaded' }).catch(() => null);
    if (response?.ok()) {
      return;
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error('VS Code does not serve its page');
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
