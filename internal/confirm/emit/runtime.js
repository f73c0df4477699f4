const late = 2000; // ms: longer than everything else takes
const breathe = globalThis.setImmediate; // the real one: the clock below is a toy
const pending = new Set(); // calls that have not settled
const answers = []; // what the platform was told
let running = []; // what had not settled when it was told first
let handed; // a function that was handed to a wrapper or a registration

function answer(how, value) {
  if (answers.length === 0) running = [...pending];
  answers.push({ how, value, ms: Date.now() });
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
    apply: (_, on, args) => (called < calls.length ? calls[called++](args, on) : stub(`${label}()`)),
    construct: () => (made < news.length ? news[made++] : stub(`new ${label}`)),
  });
  return self;
}

const unknown = (label, known) => stub(label, known, {});
const failure = (message, properties = {}) => Object.assign(new Error(message), properties);

// What can come of a call.
const gives = (value) => () => value;
const throws = (label, properties) => () => { throw failure(`${label} failed`, properties); };
const settles = (label, ms, act) => () => {
  pending.add(label);
  return new Promise((resolve, reject) => {
    if (ms !== undefined) setTimeout(() => { pending.delete(label); act(resolve, reject); }, ms);
  });
};
const resolves = (label, value, ms = 50) => settles(label, ms, (resolve) => resolve(value));
const rejects = (label, properties) => settles(label, 50, (_, reject) => reject(failure(`${label} failed`, properties)));
const never = (label) => settles(label);
const later = (args, ...values) => { const call = args.at(-1); setTimeout(() => call(...values), 50); };
const callsBack = (...values) => (args) => { later(args, ...values); return stub('a call that calls back'); };
const failsBack = (label, properties) => callsBack(failure(`${label} failed`, properties));
const fires = (...values) => (args, on) => { later(args, ...values); return on; };
const silent = () => (_, on) => on;
const takes = () => (args) => {
  const last = args.findLast((a) => typeof a === 'function' || typeof a?.handler === 'function');
  handed = typeof last === 'function' ? last : last?.handler;
  return stub('a wrapped handler');
};

// Runs the clock until something is so, or a time has passed.
async function until(done, ms) {
  const step = Math.max(10, ms / 2000);
  for (let at = 0; at <= ms && !done(); at += step) {
    for (let i = 0; i < 3; i++) await new Promise((resolve) => breathe(resolve));
    mock.timers.tick(step);
  }
  for (let i = 0; i < 3; i++) await new Promise((resolve) => breathe(resolve));
}

// A response: some methods send it, all others prepare it.
function responder(name, sending) {
  const res = new Proxy({ statusCode: 200, locals: {}, get headersSent() { return answers.length > 0; }, get writableEnded() { return answers.length > 0; } }, {
    get(target, key) {
      if (key in target || key === 'then' || typeof key === 'symbol') return target[key];
      if (!sending.includes(key)) return () => res;
      return (value) => { answer(`${name}.${key}`, value); return res; };
    },
  });
  return res;
}
