import { readFileSync } from 'node:fs';
import type { SourceMapPayload } from 'node:module';
import { SourceMap } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside the program, or among its parts. */
const ownBuild = import.meta.dirname.replace(/[\\/]parts$/, '');

const maps = new Map<string, SourceMap>();

/** The first error that names a file reads its map: at every start that would cost too much. */
export function inSourceLines(stack: string, message: string, build = ownBuild): string {
  const at = traceStart(stack, message);
  const trace = stack.slice(at).split('\n');
  return stack.slice(0, at) + trace.map((line) => inSourceLine(line, build)).join('\n');
}

export function traceStart(stack: string, message: string): number {
  // A long text is not searched for: where its start stands, the rest of it stands behind.
  const at = stack.indexOf(message.slice(0, searchedLength));
  return at >= 0 && stack.startsWith(message, at) ? at + message.length : 0;
}

const searchedLength = 100;

/** As V8 writes them: `    at name (file:///…/main.js:1:2)`, or without a name and brackets. */
function inSourceLine(traced: string, build: string): string {
  const from = traced.startsWith('    at ') ? traced.indexOf('file:///') : -1;
  const place = from < 0 ? null : /:(\d{1,9}):(\d{1,9})(\)?)$/.exec(traced);
  if (!place) return traced;
  const url = traced.slice(from, place.index);
  if (!url.endsWith('.js')) return traced;
  const [, line, column, bracket = ''] = place;
  const origin = originOf({ url, line: Number(line), column: Number(column) }, build);
  return origin === undefined ? traced : `${traced.slice(0, from)}${origin}${bracket}`;
}

interface Place {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** Undefined for packages, which have no map, and for places outside the build. */
function originOf({ url, line, column }: Place, build: string): string | undefined {
  try {
    const file = fileURLToPath(url);
    if (!file.startsWith(`${build}${sep}`)) return undefined;
    const origin = mapOf(file).findOrigin(line, column);
    if (!('fileName' in origin)) return undefined;
    const source = origin.fileName.replace(/^(\.\.\/)+/, '');
    return `${source}:${origin.lineNumber}:${origin.columnNumber}`;
  } catch {
    return undefined;
  }
}

function mapOf(file: string): SourceMap {
  const known = maps.get(file);
  if (known) return known;
  const payload: unknown = JSON.parse(readFileSync(`${file}.map`, 'utf8'));
  if (!isMap(payload)) throw new Error(`no map: ${file}`);
  const map = new SourceMap(payload);
  maps.set(file, map);
  return map;
}

function isMap(payload: unknown): payload is SourceMapPayload {
  return typeof payload === 'object' && payload !== null && 'mappings' in payload;
}
