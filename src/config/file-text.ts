import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const longestBytes = 1_000_000;

export type FileText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/** Never waits, as for a pipe, and never reads more than a policy holds. */
export function fileText(path: string): FileText {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    return { ok: false, why: whyUnreadable(error) };
  }
  try {
    const found = fstatSync(file);
    if (found.isDirectory()) return { ok: false, why: 'this is a folder' };
    if (!found.isFile()) return { ok: false, why: 'this is a pipe or a device, no file' };
    return textIn(firstBytes(file));
  } catch (error) {
    return { ok: false, why: whyUnreadable(error) };
  } finally {
    closeSync(file);
  }
}

/** The size that a file states may be wrong. */
function firstBytes(file: number): Buffer {
  const bytes = Buffer.alloc(longestBytes + 1);
  let length = 0;
  for (;;) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    length += read;
    if (read === 0 || length === bytes.length) return bytes.subarray(0, length);
  }
}

function textIn(bytes: Buffer): FileText {
  if (bytes.length > longestBytes) return { ok: false, why: 'it is longer than 1 MB' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /(?![\t\n\r\u0085])\p{Cc}/u.test(text)
      ? { ok: false, why: 'it holds bytes that no text has, such as NUL' }
      : { ok: true, text };
  } catch {
    return { ok: false, why: 'it is no UTF-8 text; save it as UTF-8' };
  }
}

function whyUnreadable(error: unknown): string {
  const code = typeof error === 'object' && error && 'code' in error ? String(error.code) : String(error);
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'it may not be read (permission denied)';
  if (code === 'ENXIO') return 'this is a socket, no file';
  return `it cannot be read (${code})`;
}
