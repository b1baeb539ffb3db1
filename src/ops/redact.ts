import { types } from 'node:util';
import { inSourceLines, traceStart } from './source-lines.ts';

const secretKey =
  /token|secret|authorization|password|cookie|credential|signature|response_?url|trigger_?id|private_?metadata/i;
const slackToken = /x(?:ox[a-z]|app|oxe\.xox[a-z])-[\w-]+/gi;
const bearer = /bearer\s+[^\s"]+/gi;
const basic = /(basic\s+)([\w+/=-]+)/gi;
const deepest = 8;
/** In UTF-16 units; the rest is neither searched nor written. */
const longestText = 16_384;
const longestName = 200;

/** A copy without secrets at any depth, ready for JSON; of errors only what they say, never the request that failed. */
export function redact(value: unknown): unknown {
  return copy(value, []);
}

export function redactText(text: string): string {
  const start = startOf(text);
  const left = text.length - start.length;
  const harmless = start
    .replaceAll(slackToken, '[secret]')
    .replaceAll(bearer, '[secret]')
    .replaceAll(basic, withoutCredentials)
    .replaceAll(/[\w.-]+/g, withoutWebToken)
    .replaceAll(/[^\s"]+/g, withoutAddress);
  return left === 0 ? harmless : `${harmless}[${left} characters more]`;
}

/** Up to a blank or a quote, which no secret holds: half a secret would not look like one. */
function startOf(text: string): string {
  if (text.length <= longestText) return text;
  const start = text.slice(0, longestText);
  for (let end = start.length; end > 0; end -= 1) {
    if (/[\s"]/.test(start.charAt(end - 1))) return start.slice(0, end);
  }
  return '';
}

/** A user and a password with a colon between, in base64; a tier that is called Basic is none. */
function withoutCredentials(all: string, _scheme: string, encoded: string): string {
  return Buffer.from(encoded, 'base64').includes(':') ? '[secret]' : all;
}

/** A JSON web token: three parts, the first of which begins as JSON does, with `{"`. */
function withoutWebToken(run: string): string {
  const from = run.indexOf('eyJ');
  return from >= 0 && run.slice(from).split('.').length > 2 ? `${run.slice(0, from)}[secret]` : run;
}

/** Slack's one-time addresses, and the user and password of any other, up to the last `@`: raw passwords hold some. */
function withoutAddress(run: string): string {
  const hook = /https:\/\/hooks\.slack/i.exec(run);
  if (hook) return `${withoutAddress(run.slice(0, hook.index))}[secret]`;
  const end = run.lastIndexOf('@');
  const [found] = end < 0 ? [] : [/\/\/[^/@:]*:/.exec(run.slice(0, end))];
  return found ? `${run.slice(0, found.index)}//[secret]${run.slice(end)}` : run;
}

function copy(value: unknown, parents: readonly object[]): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (parents.includes(value)) return '[circular]';
  if (parents.length >= deepest) return '[deeper]';
  const within = [...parents, value];
  if (isError(value)) return errorFields(value, within);
  if (Array.isArray(value)) return value.map((item) => copy(item, within));
  if (value instanceof Set) return [...value].map((item) => copy(item, within));
  if (value instanceof Map) return fieldsOf([...value], within);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof URL) return redactText(value.href);
  return fieldsOf(Object.entries(value), within);
}

function fieldsOf(entries: readonly (readonly [unknown, unknown])[], within: readonly object[]) {
  return Object.fromEntries(
    entries.map(([key, item]) => {
      const name = redactText(String(key)).slice(0, longestName);
      return [name, secretKey.test(name) && item !== undefined ? '[secret]' : copy(item, within)];
    }),
  );
}

function isError(value: object): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** SDK errors carry their request with its headers. */
function errorFields(error: Error, within: readonly object[]) {
  const { name, message, stack, cause } = error;
  return {
    name,
    message: redactText(message),
    ...('code' in error && { code: copy(error.code, within) }),
    ...('statusCode' in error && { statusCode: copy(error.statusCode, within) }),
    ...(stack !== undefined && { stack: harmlessStack(stack, message) }),
    ...(cause !== undefined && { cause: copy(cause, within) }),
    ...('errors' in error && { errors: copy(error.errors, within) }),
  };
}

/** Keeps the lines of the trace, however long the message is. */
function harmlessStack(stack: string, message: string): string {
  const at = traceStart(stack, message);
  return redactText(stack.slice(0, at)) + redactText(inSourceLines(startOf(stack.slice(at)), ''));
}
