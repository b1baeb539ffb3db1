import { withoutCase } from './without-case.ts';

/** Of a pattern, in UTF-16 units: a longer one fits nothing, and is refused where it is written. */
export const patternLength = 200;

/** Takes time as the text is long, and for each of its characters as the pattern is at most. */
export type Fits = (text: string) => boolean;

/** `*` stands for any run of characters, everything else for itself; compared without case. */
export function wholePattern(pattern: string): Fits {
  if (pattern.length > patternLength) return () => false;
  const [start = '', ...rest] = withoutCase(pattern).split('*');
  const end = rest.pop();
  return end === undefined ? (text) => withoutCase(text) === start : likeParts(start, rest, end);
}

/** The same, where a pattern without a `*` may stand anywhere in the text. */
export function textPattern(pattern: string): Fits {
  if (pattern.includes('*') || pattern.length > patternLength) return wholePattern(pattern);
  return likeParts('', [withoutCase(pattern)], '');
}

function likeParts(start: string, between: readonly string[], end: string): Fits {
  const parts = between.filter((part) => part !== '');
  if (parts.length === 0 && start === '' && end === '') return () => true;
  return (text) => {
    const whole = withoutCase(text);
    if (!whole.startsWith(start) || !whole.endsWith(end)) return false;
    // Where a part stands first is as good as anywhere later: nothing is tried twice.
    let from = start.length;
    for (const part of parts) {
      const found = whole.indexOf(part, from);
      if (found === -1) return false;
      from = found + part.length;
    }
    return from + end.length <= whole.length;
  };
}
