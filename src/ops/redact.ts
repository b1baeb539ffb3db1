import { types } from 'node:util';
import { inSourceLines } from './source-lines.ts';

const secretKey =
  /token|secret|authorization|password|cookie|credential|signature|response_?url|trigger_?id|private_?metadata/i;
/** Slack's tokens, bearer tokens, JSON web tokens, a URL's password and Slack's one-time addresses. */
const secretText =
  /x(?:ox[a-z]|app|oxe\.xox[a-z])-[\w-]+|bearer\s+[^\s"]+|eyJ[\w-]+\.[\w-]+\.[\w-]*|(?<=\/\/)[^\s/@"]*:[^\s@"]*(?=@)|https:\/\/hooks\.slack\.com\/\S+/gi;
const deepest = 8;

/** A copy without secrets at any depth, ready for JSON; of errors only what they say, never the request that failed. */
export function redact(value: unknown): unknown {
  return copy(value, []);
}

export function redactText(text: string): string {
  return text.replace(secretText, '[secret]');
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
      const name = String(key);
      return [name, secretKey.test(name) && item !== undefined ? '[secret]' : copy(item, within)];
    }),
  );
}

function isError(value: object): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** SDK errors carry their request with its headers, so only these are taken. */
function errorFields(error: Error, within: readonly object[]) {
  const { name, message, stack, cause } = error;
  return {
    name,
    message: redactText(message),
    ...('code' in error && { code: copy(error.code, within) }),
    ...('statusCode' in error && { statusCode: copy(error.statusCode, within) }),
    ...(stack !== undefined && { stack: redactText(inSourceLines(stack, message)) }),
    ...(cause !== undefined && { cause: copy(cause, within) }),
    ...('errors' in error && { errors: copy(error.errors, within) }),
  };
}
