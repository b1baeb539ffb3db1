import { readFileSync } from 'node:fs';
import type { SourceMapPayload } from 'node:module';
import { SourceMap } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where this very file lies when it is built: beside the program, or among its parts. */
const ownBuild = import.meta.dirname.replace(/[\\/]parts$/, '');

const maps = new Map<string, SourceMap>();

/**
 * The stack trace of an error with the lines of our source in the place of those of the build. The first that names a
 * file reads its map: at every start, and for all packages, that would cost more than all else. The message before the
 * trace is foreign text, and so is whatever else does not lie in the build.
 */
export function inSourceLines(stack: string, message: string, build = ownBuild): string {
  const at = stack.includes(message) ? stack.indexOf(message) + message.length : 0;
  const trace = stack
    .slice(at)
    .replace(
      /^( {4}at .*?)(file:\/\/\/.*\.js):(\d+):(\d+)(?=\)?$)/gm,
      (place: string, before: string, url: string, line: string, column: string) => {
        const origin = originOf({ url, line: Number(line), column: Number(column) }, build);
        return origin === undefined ? place : `${before}${origin}`;
      },
    );
  return stack.slice(0, at) + trace;
}

interface Place {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** Undefined for packages, which have no map, and for whatever is no place in the build. */
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
