import type { Mistake } from './mistakes.ts';

const mostItems = 1000;
const mostPeople = 10_000;
const longestText = 1000;

export function oversized(data: unknown, path: readonly PropertyKey[] = []): readonly Mistake[] {
  if (typeof data === 'string') {
    return data.length > longestText
      ? [{ path, words: `expected at most ${longestText} characters, got ${data.length}` }]
      : [];
  }
  if (typeof data !== 'object' || data === null) return [];
  if (!Array.isArray(data)) {
    return Object.entries(data).flatMap(([name, value]: [string, unknown]) => [
      ...oversized(name, path),
      ...oversized(value, [...path, name]),
    ]);
  }
  const most = path.length === 1 && path[0] === 'people' ? mostPeople : mostItems;
  return data.length > most
    ? [{ path, words: `expected at most ${most}, got ${data.length}` }]
    : data.flatMap((item: unknown, index) => oversized(item, [...path, index]));
}
