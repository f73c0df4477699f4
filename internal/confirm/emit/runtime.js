const breathe = globalThis.setImmediate; // the real one, as time is a toy below
const pending = new Set(); // calls that have not settled
const answers = []; // what the platform was told
const unhandled = []; // what nothing handled before that
const due = []; // what others answer, and when
let now = 0; // ms
let request = 0; // the one whose answers count
let running = []; // what had not settled when the answer left
let handed; // a function that was handed to a wrapper or a registration

function answer(how, value) {
  if (answers.length === 0) running = [...pending].map((call) => call.label);
  answers.push({ how, value, ms: Date.now() - began });
}
const answering = (how) => { const mine = request; return (...values) => { if (mine === request) answer(how, values[0]); }; };

// The next request comes to the same process.
let began = 0;
function again() {
  request++;
  began = Date.now();
  answers.length = unhandled.length = 0;
  pending.clear();
}

// Node's test runner would make these failures of the test; what counts is what the platform makes of them.
function watch(heard) {
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.removeAllListeners(event);
    process.on(event, (error) => { if (answers.length === 0) unhandled.push(error); heard(error); });
  }
}

// A value that takes any use, with what matters of it here.
function stub(label, { members = {}, calls = [], news = [] } = {}, target = function () {}) {
  let called = 0;
  let made = 0;
  const self = new Proxy(target, {
    get(_, key) {
      if (Object.hasOwn(members, key)) return members[key];
      if (key === 'prototype') return target.prototype;
      if (key === 'default') return self;
      if (key === 'then') return undefined;
      if (key === 'toJSON' || key === Symbol.toPrimitive) return () => label;
      if (key === Symbol.iterator) return [][Symbol.iterator];
      if (typeof key === 'symbol') return undefined;
      return (members[key] = stub(`${label}.${key}`));
    },
    set: (_, key, value) => { members[key] = value; return true; },
    has: (_, key) => !Object.hasOwn(members, key) || members[key] !== undefined,
    ownKeys: () => [...new Set([...Reflect.ownKeys(target), ...Object.keys(members)])],
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(target, key)
      ?? (Object.hasOwn(members, key) ? { value: members[key], writable: true, enumerable: true, configurable: true } : undefined),
    apply: (_, on, args) => (called < calls.length ? calls[called++](args, on) : stub(`${label}()`)),
    construct: () => (made < news.length ? news[made++] : stub(`new ${label}`)),
  });
  return self;
}

const unknown = (label, known) => stub(label, known, {});
const failure = (message, properties) => Object.assign(new Error(message), properties);

// What can come of a call.
const after = (ms, act) => { due.push({ at: now + ms, act }); due.sort((a, b) => a.at - b.at); };
const settles = (label, ms, act) => () => {
  const call = { label };
  pending.add(call);
  return new Promise((resolve, reject) => {
    if (ms !== undefined) after(ms, () => { pending.delete(call); act(resolve, reject); });
  });
};
const gives = (value) => () => value;
const throws = (label, properties) => () => { throw failure(`${label} failed`, properties); };
const resolves = (label, value) => settles(label, 50, (resolve) => resolve(value));
const late = (label, value) => settles(label, 2000, (resolve) => resolve(value)); // longer than everything else takes
const rejects = (label, properties) => settles(label, 50, (_, reject) => reject(failure(`${label} failed`, properties)));
const never = (label) => settles(label);
const having = (members, call) => (args, on) => Object.assign(call(args, on), members);
const callsBack = (label, ...values) => (args) => {
  const call = { label };
  pending.add(call);
  after(50, () => { pending.delete(call); args.findLast((a) => typeof a === 'function')(...values); });
  return stub(label);
};
const failsBack = (label, properties) => callsBack(label, failure(`${label} failed`, properties));
const fires = (...values) => (args, on) => { after(50, () => args.at(-1).call(on, ...values)); return on; };
const silent = () => (_, on) => on;
const takes = () => (args) => {
  const last = args.findLast((a) => typeof a === 'function' || typeof a?.handler === 'function');
  handed = typeof last === 'function' ? last : last?.handler;
  return stub('a wrapped handler');
};

// Runs the clock until something is so, or a time has passed.
async function until(done, ms) {
  const end = now + ms;
  const step = Math.max(10, Math.ceil(ms / 2000));
  for (;;) {
    for (let i = 0; i < 3; i++) await new Promise((resolve) => breathe(resolve));
    if (done() || now >= end) return;
    const next = Math.min(now + step, end, due[0]?.at ?? end);
    breathe((ms) => mock.timers.tick(ms), next - now); // what throws in there is nobody's to catch
    now = next;
    if (due[0]?.at <= now) breathe(due.shift().act);
  }
}

// A response: some methods send it, all others prepare it.
function responder(name, sending) {
  const mine = request;
  const sent = () => answers.length > 0;
  const res = new Proxy({ statusCode: 200, locals: {}, get headersSent() { return sent(); }, get writableEnded() { return sent(); } }, {
    get(target, key) {
      if (key in target || key === 'then' || typeof key === 'symbol') return target[key];
      if (!sending.includes(key)) return () => res;
      return (value) => { if (mine === request) answer(`${name}.${key}`, value); return res; };
    },
  });
  return res;
}
