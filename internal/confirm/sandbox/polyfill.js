// What handlers need of Node and of the web besides the language, each piece
// made when code first asks for it. `h` is the sandbox; nothing here reaches
// further than it does.
(function (h) {
  'use strict';
  const made = new Map();
  const once = (name, make) => {
    if (!made.has(name)) made.set(name, make());
    return made.get(name);
  };
  const text = (v) => (v === undefined || v === null ? '' : `${v}`);
  const noop = () => undefined;

  const path = () => once('path', () => {
    const normalize = (p) => {
      const absolute = p.startsWith('/');
      const out = [];
      for (const part of p.split('/')) {
        if (part === '' || part === '.') continue;
        if (part === '..' && out.length > 0 && out[out.length - 1] !== '..') out.pop();
        else if (part !== '..' || !absolute) out.push(part);
      }
      return (absolute ? '/' : '') + out.join('/') || (absolute ? '/' : '.');
    };
    const basename = (p, ext) => {
      const base = text(p).replace(/\/+$/, '').split('/').pop();
      return ext && base.endsWith(ext) && base !== ext ? base.slice(0, -ext.length) : base;
    };
    const extname = (p) => {
      const base = basename(p);
      const dot = base.lastIndexOf('.');
      return dot > 0 ? base.slice(dot) : '';
    };
    const dirname = (p) => {
      const i = text(p).replace(/\/+$/, '').lastIndexOf('/');
      return i < 0 ? '.' : i === 0 ? '/' : text(p).slice(0, i);
    };
    const join = (...parts) => normalize(parts.map(text).filter((p) => p !== '').join('/') || '.');
    const resolve = (...parts) => {
      let out = '';
      for (let i = parts.length - 1; i >= 0 && !out.startsWith('/'); i--) out = out === '' ? text(parts[i]) : text(parts[i]) + '/' + out;
      return normalize(out.startsWith('/') ? out : '/' + out);
    };
    const parse = (p) => ({ root: text(p).startsWith('/') ? '/' : '', dir: dirname(p), base: basename(p), ext: extname(p), name: basename(p, extname(p)) });
    const out = { normalize, basename, extname, dirname, join, resolve, parse, sep: '/', delimiter: ':', isAbsolute: (p) => text(p).startsWith('/'), relative: (a, b) => text(b) };
    out.posix = out;
    return out;
  });

  const events = () => once('events', () => {
    class EventEmitter {
      #of(name) {
        if (!this._events) Object.defineProperty(this, '_events', { value: new Map(), configurable: true });
        if (!this._events.has(name)) this._events.set(name, []);
        return this._events.get(name);
      }
      on(name, fn) { this.#of(name).push({ fn }); return this; }
      addListener(name, fn) { return this.on(name, fn); }
      prependListener(name, fn) { this.#of(name).unshift({ fn }); return this; }
      once(name, fn) { this.#of(name).push({ fn, once: true }); return this; }
      off(name, fn) {
        const list = this.#of(name);
        const i = list.findIndex((l) => l.fn === fn);
        if (i >= 0) list.splice(i, 1);
        return this;
      }
      removeListener(name, fn) { return this.off(name, fn); }
      removeAllListeners(name) { if (this._events) { if (name === undefined) this._events.clear(); else this._events.delete(name); } return this; }
      emit(name, ...args) {
        const list = this.#of(name).slice();
        if (list.length === 0) {
          if (name === 'error') throw args[0] instanceof Error ? args[0] : new Error('Unhandled error.');
          return false;
        }
        for (const l of list) {
          if (l.once) this.off(name, l.fn);
          l.fn.apply(this, args);
        }
        return true;
      }
      listenerCount(name) { return this.#of(name).length; }
      listeners(name) { return this.#of(name).map((l) => l.fn); }
      eventNames() { return this._events ? [...this._events.keys()] : []; }
      setMaxListeners() { return this; }
    }
    EventEmitter.EventEmitter = EventEmitter;
    EventEmitter.once = (emitter, name) => new Promise((resolve, reject) => {
      emitter.once(name, (...args) => resolve(args));
      if (name !== 'error') emitter.once('error', reject);
    });
    return EventEmitter;
  });

  const util = () => once('util', () => {
    const promisify = (fn) => {
      if (fn === h.global.setTimeout) return (ms, value) => new Promise((resolve) => h.global.setTimeout(resolve, ms, value));
      if (fn === h.global.setImmediate) return (value) => new Promise((resolve) => h.global.setImmediate(resolve, value));
      if (h.isUnknown(fn)) return fn;
      if (typeof fn !== 'function') throw new TypeError('The "original" argument must be of type function');
      return function (...args) {
        return new Promise((resolve, reject) => {
          fn.call(this, ...args, (err, value) => (err ? reject(err) : resolve(value)));
        });
      };
    };
    promisify.custom = Symbol('util.promisify.custom');
    const callbackify = (fn) => function (...args) {
      const done = args.pop();
      fn.apply(this, args).then((v) => h.global.setImmediate(done, null, v), (e) => h.global.setImmediate(done, e));
    };
    const format = (...args) => args.map((a) => (typeof a === 'string' ? a : text(a))).join(' ');
    const inherits = (a, b) => { Object.setPrototypeOf(a.prototype, b.prototype); a.super_ = b; };
    const types = { isPromise: (p) => p instanceof Promise, isDate: (d) => d instanceof Date, isRegExp: (r) => r instanceof RegExp };
    return {
      promisify, callbackify, format, inherits, types, inspect: text, deprecate: (fn) => fn, debuglog: () => noop, isDeepStrictEqual: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      isArray: Array.isArray, get TextEncoder() { return api.TextEncoder(); }, get TextDecoder() { return api.TextDecoder(); },
    };
  });

  const querystring = () => once('querystring', () => {
    const escape = encodeURIComponent;
    const unescape = (s) => { try { return decodeURIComponent(s); } catch { return s; } };
    const stringify = (o, sep = '&', eq = '=') => (h.isUnknown(o) ? text(o) : Object.keys(o || {}).map((k) => [].concat(o[k]).map((v) => escape(k) + eq + escape(text(v))).join(sep)).join(sep));
    const parse = (s, sep = '&', eq = '=') => {
      if (h.isUnknown(s)) return h.unknown('querystring.parse(' + h.label(s) + ')');
      const out = {};
      for (const part of text(s).split(sep)) {
        if (part === '') continue;
        const i = part.indexOf(eq);
        const key = unescape((i < 0 ? part : part.slice(0, i)).replace(/\+/g, ' '));
        const value = i < 0 ? '' : unescape(part.slice(i + eq.length).replace(/\+/g, ' '));
        out[key] = key in out ? [].concat(out[key], value) : value;
      }
      return out;
    };
    return { escape, unescape, stringify, parse, encode: stringify, decode: parse };
  });

  const assert = () => once('assert', () => {
    class AssertionError extends Error {
      constructor(message) { super(message); this.name = 'AssertionError'; this.code = 'ERR_ASSERTION'; }
    }
    const fail = (message, usual) => { throw message instanceof Error ? message : new AssertionError(message || usual); };
    const ok = (v, message) => { if (!h.truth(v)) fail(message, 'The expression evaluated to a falsy value'); };
    const is = (a, b) => (h.isUnknown(a) || h.isUnknown(b) ? h.equal(a, b) : Object.is(a, b));
    const equal = (a, b, message) => { if (!is(a, b)) fail(message, 'Expected values to be equal'); };
    const same = (a, b, message) => { if (JSON.stringify(a) !== JSON.stringify(b)) fail(message, 'Expected values to be deeply equal'); };
    const out = Object.assign((v, m) => ok(v, m), {
      ok, equal, strictEqual: equal, notEqual: (a, b, m) => { if (is(a, b)) fail(m, 'Expected values to differ'); },
      notStrictEqual: (a, b, m) => { if (is(a, b)) fail(m, 'Expected values to differ'); },
      deepEqual: same, deepStrictEqual: same, fail: (m) => fail(m, 'Failed'), AssertionError,
      throws: (fn) => { try { fn(); } catch { return; } fail(undefined, 'Missing expected exception'); },
    });
    out.strict = out;
    return out;
  });

  const headers = () => once('headers', () => class Headers {
    constructor(init) {
      Object.defineProperty(this, 'map', { value: new Map() });
      if (init === undefined || init === null || h.isUnknown(init)) return;
      const list = typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init);
      for (const [k, v] of list) this.append(k, v);
    }
    append(k, v) { const key = text(k).toLowerCase(); this.map.set(key, this.map.has(key) ? this.map.get(key) + ', ' + text(v) : text(v)); }
    set(k, v) { this.map.set(text(k).toLowerCase(), text(v)); }
    get(k) { const v = this.map.get(text(k).toLowerCase()); return v === undefined ? null : v; }
    has(k) { return this.map.has(text(k).toLowerCase()); }
    delete(k) { this.map.delete(text(k).toLowerCase()); }
    forEach(fn) { this.map.forEach((v, k) => fn(v, k, this)); }
    entries() { return this.map.entries(); }
    keys() { return this.map.keys(); }
    values() { return this.map.values(); }
    getSetCookie() { return []; }
    [Symbol.iterator]() { return this.map.entries(); }
  });

  const body = (Base) => class extends Base {
    async text() { return text(this.body); }
    async json() { return JSON.parse(this.body); }
    async arrayBuffer() { return new ArrayBuffer(0); }
    async formData() { return h.unknown('formData()'); }
    async blob() { return h.thing('blob()'); }
  };

  const response = () => once('response', () => {
    const Headers = headers();
    class Response extends body(Object) {
      constructor(content = null, init = {}) {
        super();
        const of = init === null ? {} : init;
        this.body = content;
        this.status = of.status === undefined ? 200 : of.status;
        this.statusText = text(of.statusText);
        this.headers = of.headers instanceof Headers ? of.headers : new Headers(of.headers);
        if (!h.isUnknown(this.status) && (this.status < 200 || this.status > 599)) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
      }
      get ok() { return this.status >= 200 && this.status < 300; }
      clone() { return new Response(this.body, this); }
      static json(value, init) { return new Response(JSON.stringify(value), init); }
      static redirect(url, status = 302) { return new Response(null, { status, headers: { location: url } }); }
      static error() { return new Response(null, {}); }
    }
    Object.defineProperty(Response.prototype, '$response', { value: true });
    return Response;
  });

  const request = () => once('request', () => {
    const Headers = headers();
    return class Request extends body(Object) {
      constructor(input, init = {}) {
        super();
        this.url = h.isUnknown(input) ? input : typeof input === 'object' && input !== null ? text(input.url || input) : text(input);
        this.method = init.method || 'GET';
        this.headers = new Headers(init.headers);
        this.body = init.body === undefined ? null : init.body;
        this.signal = init.signal;
      }
      clone() { return this; }
    };
  });

  const target = () => once('target', () => {
    class Event { constructor(type) { this.type = type; } preventDefault() {} stopPropagation() {} }
    class EventTarget {
      addEventListener(type, fn) { (this._list = this._list || []).push({ type, fn }); }
      removeEventListener(type, fn) { this._list = (this._list || []).filter((l) => l.type !== type || l.fn !== fn); }
      dispatchEvent(event) {
        for (const l of (this._list || []).slice()) if (l.type === event.type) (typeof l.fn === 'function' ? l.fn : l.fn.handleEvent).call(this, event);
        if (typeof this['on' + event.type] === 'function') this['on' + event.type](event);
        return true;
      }
    }
    class AbortSignal extends EventTarget {
      constructor() { super(); this.aborted = false; this.reason = undefined; }
      throwIfAborted() { if (this.aborted) throw this.reason; }
      static timeout(ms) { const c = new AbortController(); h.global.setTimeout(() => c.abort(Object.assign(new Error('The operation was aborted due to timeout'), { name: 'TimeoutError' })), ms); return c.signal; }
      static abort(reason) { const c = new AbortController(); c.abort(reason); return c.signal; }
      static any(list) { return [...list][0]; }
    }
    class AbortController {
      constructor() { this.signal = new AbortSignal(); }
      abort(reason) {
        if (this.signal.aborted) return;
        this.signal.aborted = true;
        this.signal.reason = reason === undefined ? Object.assign(new Error('This operation was aborted'), { name: 'AbortError', code: 20 }) : reason;
        this.signal.dispatchEvent(new Event('abort'));
      }
    }
    return { Event, EventTarget, AbortSignal, AbortController };
  });

  const url = () => once('url', () => {
    class URLSearchParams {
      constructor(init) {
        Object.defineProperty(this, 'list', { value: [], writable: true });
        if (init === undefined || init === null) return;
        if (h.isUnknown(init)) { Object.defineProperty(this, 'unknown', { value: init }); return; }
        if (typeof init === 'string') { const o = querystring().parse(init.replace(/^\?/, '')); for (const k of Object.keys(o)) for (const v of [].concat(o[k])) this.list.push([k, v]); return; }
        const pairs = typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init);
        for (const [k, v] of pairs) this.list.push([text(k), text(v)]);
      }
      get(k) { if (this.unknown) return h.unknown(h.label(this.unknown) + '?' + k); const f = this.list.find((p) => p[0] === k); return f ? f[1] : null; }
      getAll(k) { return this.list.filter((p) => p[0] === k).map((p) => p[1]); }
      has(k) { return this.list.some((p) => p[0] === k); }
      set(k, v) { this.delete(k); this.list.push([text(k), text(v)]); }
      append(k, v) { this.list.push([text(k), text(v)]); }
      delete(k) { this.list = this.list.filter((p) => p[0] !== k); }
      forEach(fn) { for (const [k, v] of this.list) fn(v, k, this); }
      entries() { return this.list[Symbol.iterator](); }
      keys() { return this.list.map((p) => p[0])[Symbol.iterator](); }
      values() { return this.list.map((p) => p[1])[Symbol.iterator](); }
      sort() { this.list.sort((a, b) => (a[0] < b[0] ? -1 : 1)); }
      toString() { return this.list.map(([k, v]) => encodeURIComponent(k) + '=' + encodeURIComponent(v)).join('&'); }
      [Symbol.iterator]() { return this.entries(); }
    }
    const shape = /^([a-zA-Z][a-zA-Z0-9+.-]*:)\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^:/?#]*)(?::(\d+))?([^?#]*)(\?[^#]*)?(#.*)?$/;
    class URL {
      constructor(input, base) {
        if (h.isUnknown(input) || h.isUnknown(base)) return h.unknown('new URL(' + h.label(h.isUnknown(input) ? input : base) + ')');
        let s = text(input);
        if (!shape.test(s) && base !== undefined) {
          const b = new URL(base);
          s = b.origin + (s.startsWith('/') ? s : b.pathname.replace(/[^/]*$/, '') + s);
        }
        const p = shape.exec(s);
        if (!p) throw Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: s });
        [, this.protocol, this.username, this.password, this.hostname, this.port, this.pathname, this.search, this.hash] = p.map(text);
        this.pathname = this.pathname || '/';
        this.searchParams = new URLSearchParams(this.search);
      }
      get host() { return this.hostname + (this.port ? ':' + this.port : ''); }
      get origin() { return this.protocol + '//' + this.host; }
      get href() { const q = this.searchParams.toString(); return this.origin + this.pathname + (q ? '?' + q : '') + this.hash; }
      toString() { return this.href; }
      toJSON() { return this.href; }
      static canParse(s) { return shape.test(text(s)); }
    }
    const parse = (s) => { if (h.isUnknown(s)) return h.unknown('url.parse(' + h.label(s) + ')'); try { return new URL(s); } catch { return { pathname: text(s), query: '', search: '', href: text(s) }; } };
    return { URL, URLSearchParams, parse, format: text, fileURLToPath: (u) => text(u).replace(/^file:\/\//, ''), pathToFileURL: (p) => new URL('file://' + p) };
  });

  const buffer = () => once('buffer', () => {
    const bytes = (s) => { const out = []; for (const c of encodeURIComponent(text(s)).match(/%[0-9A-F]{2}|./g) || []) out.push(c.length === 3 ? parseInt(c.slice(1), 16) : c.charCodeAt(0)); return out; };
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    class Buffer extends Uint8Array {
      static from(v, encoding) {
        if (h.isUnknown(v)) return h.unknown('Buffer.from(' + h.label(v) + ')');
        if (v === undefined || v === null || typeof v === 'number' || typeof v === 'boolean') throw new TypeError('The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array. Received ' + v);
        if (typeof v !== 'string') return new Buffer(v);
        if (encoding === 'hex') return new Buffer((v.match(/../g) || []).map((x) => parseInt(x, 16)));
        if (encoding === 'base64' || encoding === 'base64url') {
          const out = []; let bits = 0, held = 0;
          for (const c of v.replace(/-/g, '+').replace(/_/g, '/')) { const n = letters.indexOf(c); if (n < 0) continue; held = (held << 6) | n; bits += 6; if (bits >= 8) { bits -= 8; out.push((held >> bits) & 255); } }
          return new Buffer(out);
        }
        return new Buffer(bytes(v));
      }
      static alloc(n) { if (n > 1 << 24) throw new RangeError('The value of "size" is out of range.'); return new Buffer(n); }
      static allocUnsafe(n) { return Buffer.alloc(n); }
      static isBuffer(b) { return b instanceof Buffer; }
      static byteLength(s) { return typeof s === 'string' ? bytes(s).length : s.length; }
      static concat(list) { if (h.isUnknown(list)) return h.unknown('Buffer.concat()'); const out = []; for (const b of list) { if (h.isUnknown(b)) return h.unknown('Buffer.concat()'); out.push(...b); } return new Buffer(out); }
      toString(encoding) {
        if (encoding === 'hex') return Array.from(this, (b) => b.toString(16).padStart(2, '0')).join('');
        if (encoding === 'base64' || encoding === 'base64url') {
          let out = '', bits = 0, held = 0;
          for (const b of this) { held = (held << 8) | b; bits += 8; while (bits >= 6) { bits -= 6; out += letters[(held >> bits) & 63]; } held &= 255; }
          if (bits > 0) out += letters[(held << (6 - bits)) & 63];
          while (out.length % 4) out += '=';
          return encoding === 'base64' ? out : out.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
        }
        const raw = Array.from(this, (b) => '%' + b.toString(16).padStart(2, '0')).join('');
        try { return decodeURIComponent(raw); } catch { return String.fromCharCode(...this); }
      }
      equals(o) { return this.length === o.length && this.every((b, i) => b === o[i]); }
      write() { return 0; }
      toJSON() { return { type: 'Buffer', data: Array.from(this) }; }
    }
    return new Proxy(Buffer, { apply: (_, __, args) => (typeof args[0] === 'number' ? Buffer.alloc(args[0]) : Buffer.from(...args)), construct: (B, args, t) => (typeof args[0] === 'string' || h.isUnknown(args[0]) ? Buffer.from(...args) : Reflect.construct(B, args, t)) });
  });

  const wait = (ms, value) => new Promise((resolve) => h.global.setTimeout(resolve, ms, value));
  const api = {
    process: () => once('process', () => ({
      env: h.unknown('process.env'), argv: ['node', '/handler.js'], argv0: 'node', execArgv: [], pid: 1, platform: 'linux', arch: 'x64', version: 'v22.0.0', versions: { node: '22.0.0' }, title: 'node', exitCode: undefined,
      cwd: () => '/', exit: () => h.exit(), abort: () => h.exit(), kill: noop, uptime: () => h.elapsed() / 1000, nextTick: (fn, ...args) => h.global.queueMicrotask(() => fn(...args)),
      hrtime: Object.assign((since) => { const t = h.elapsed(); const s = Math.floor(t / 1000), n = Math.floor((t % 1000) * 1e6); return since ? [s - since[0], n - since[1]] : [s, n]; }, { bigint: () => BigInt(Math.floor(h.elapsed() * 1e6)) }),
      memoryUsage: () => ({ rss: 5e7, heapTotal: 3e7, heapUsed: 2e7, external: 1e6, arrayBuffers: 1e5 }), cpuUsage: () => ({ user: 1000, system: 1000 }),
      on() { return this; }, once() { return this; }, off() { return this; }, addListener() { return this; }, removeListener() { return this; }, removeAllListeners() { return this; }, listenerCount: () => 0, emit: () => false, emitWarning: noop,
      stdout: { write: () => true, isTTY: false, on: noop }, stderr: { write: () => true, isTTY: false, on: noop }, stdin: h.thing('process.stdin'),
    })),
    Headers: headers, Response: response, Request: request,
    AbortController: () => target().AbortController, AbortSignal: () => target().AbortSignal, Event: () => target().Event, EventTarget: () => target().EventTarget,
    URL: () => url().URL, URLSearchParams: () => url().URLSearchParams, Buffer: buffer,
    TextEncoder: () => once('encoder', () => class TextEncoder { encode(s) { return buffer().from(text(s)); } }),
    TextDecoder: () => once('decoder', () => class TextDecoder { decode(b) { return h.isUnknown(b) ? b : b === undefined ? '' : buffer().from(b).toString(); } }),
    structuredClone: () => (v) => (h.isUnknown(v) || v === null || typeof v !== 'object' ? v : JSON.parse(JSON.stringify(v))),
    performance: () => once('performance', () => ({ now: () => h.elapsed(), mark: noop, measure: noop, timeOrigin: 0 })),
    btoa: () => (s) => buffer().from(text(s)).toString('base64'),
    atob: () => (s) => (h.isUnknown(s) ? h.unknown('atob(' + h.label(s) + ')') : buffer().from(text(s), 'base64').toString()),
    FormData: () => once('formdata', () => class FormData { constructor() { this.list = []; } append(k, v) { this.list.push([k, v]); } set(k, v) { this.append(k, v); } get(k) { const f = this.list.find((p) => p[0] === k); return f ? f[1] : null; } has(k) { return this.get(k) !== null; } entries() { return this.list[Symbol.iterator](); } getHeaders() { return {}; } [Symbol.iterator]() { return this.entries(); } }),
    module_path: path, module_path_posix: path, module_events: events, module_util: util, module_querystring: querystring, module_assert: assert, module_assert_strict: assert,
    module_url: url, module_buffer: () => ({ Buffer: buffer() }), module_process: () => api.process(),
    module_perf_hooks: () => ({ performance: api.performance() }),
    module_timers_promises: () => once('timers', () => ({ setTimeout: wait, setImmediate: (v) => wait(0, v), scheduler: { wait } })),
    module_async_hooks: () => once('async_hooks', () => ({ AsyncLocalStorage: class { run(store, fn, ...args) { const before = this.store; this.store = store; try { return fn(...args); } finally { this.store = before; } } getStore() { return this.store; } enterWith(store) { this.store = store; } exit(fn) { return fn(); } }, AsyncResource: class { runInAsyncScope(fn, that, ...args) { return fn.apply(that, args); } } })),
  };
  return api;
})
