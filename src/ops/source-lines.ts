import { readFileSync } from 'node:fs';
import type { SourceMapPayload } from 'node:module';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

const maps = new Map<string, SourceMap | undefined>();

/**
 * A stack trace with the lines of our source in the place of those of the build. The first that names a file reads its
 * map: at every start, and for all packages, that would cost more than all else.
 */
export function inSourceLines(stack: string): string {
  return stack.replace(
    /file:\/\/\/[^\s()]+\.js:(\d+):(\d+)/g,
    (place: string, line: string, column: string) => {
      const [url = ''] = place.split(/(?<=\.js):/);
      const origin = mapOf(fileURLToPath(url))?.findOrigin(Number(line), Number(column));
      if (!origin || !('fileName' in origin)) return place;
      const source = origin.fileName.replace(/^(\.\.\/)+/, '');
      return `${source}:${origin.lineNumber}:${origin.columnNumber}`;
    },
  );
}

/** Undefined for packages, which have none. */
function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(`${file}.map`));
  return maps.get(file);
}

function readMap(file: string): SourceMap | undefined {
  try {
    const payload: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isMap(payload) ? new SourceMap(payload) : undefined;
  } catch {
    return undefined;
  }
}

function isMap(payload: unknown): payload is SourceMapPayload {
  return typeof payload === 'object' && payload !== null && 'mappings' in payload;
}
