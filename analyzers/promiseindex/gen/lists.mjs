// Names that decide what the extraction does not follow. Each list says why.

/** How an emitter is listened to. The mark `emitter` stands for them; the reader knows that they return the emitter. */
export const LISTENING = new Set([
  'on', 'once', 'off', 'addListener', 'prependListener', 'prependOnceListener', 'removeListener', 'removeAllListeners',
])

/** Plumbing that leads everywhere and that handlers do not call. */
export const PLUMBING = new Set([
  'middlewareStack', 'resolveMiddleware', 'constructor', 'prototype', 'captureStackTrace', 'toString', 'valueOf', 'toJSON',
  'listeners', 'rawListeners', 'listenerCount', 'eventNames', 'getMaxListeners', 'setMaxListeners', 'emit',
])

/** Node's values that are neither promise nor emitter: no need to look into them. */
export const PLAIN_NODE_TYPES = new Set([
  'Buffer', 'BufferConstructor', 'URL', 'URLSearchParams', 'Error', 'Headers', 'ErrnoException', 'Uint8Array', 'TextEncoder',
  'TextDecoder', 'Stats', 'BigIntStats', 'Dirent', 'ProcessEnv', 'Timeout', 'Timer', 'Immediate', 'ParsedUrlQuery',
  'IncomingHttpHeaders', 'OutgoingHttpHeaders', 'KeyObject', 'AbortSignal', 'AbortController',
])

/** Types of the browser that have a twin among Node's globals; the browser's other types are not followed. */
export const WEB_TYPES = new Set([
  'Response', 'Request', 'Blob', 'File', 'FormData', 'ReadableStream', 'WritableStream', 'TransformStream', 'Body', 'WebSocket',
  'EventTarget', 'BodyMixin', 'Crypto', 'SubtleCrypto',
])

/** What a deadline is called in options. */
export const TIMEOUT_NAME = /^(timeout|timeoutMs|timeoutMS|timeoutInMs|timeoutMillis|requestTimeout|requestTimeoutMs|socketTimeout|connectTimeout|connectionTimeout|connectTimeoutMS|connectionTimeoutMillis|callTimeout|statement_timeout|query_timeout|responseTimeout|headersTimeout|commandTimeout|queryTimeout|maxTimeMS|httpOptions|requestHandler)$/
export const SIGNAL_NAME = /^(signal|abortSignal)$/

/** The first parameter of a node-style callback. */
export const ERROR_NAME = /^_*(e|er|err|error|errors|ex|exception|error_|cberr|reason)\d?$/i
export const ERROR_TYPE = /(Error|Exception)$/
/** Functions whose first parameter is an error and that are listeners or filters all the same. */
export const LISTENER_NAME = /^(on[A-Z_a-z].*|catch|then|reject\w*|.*[hH]andler|.*[lL]istener|filter|retry.*|should[A-Z].*|is[A-Z].*|transform\w*|map\w*|format\w*)$/
