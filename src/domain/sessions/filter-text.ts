import { nearest } from '../kit/nearest.ts';
import { typed } from '../kit/typed.ts';
import type { FilterField, SessionFilter } from './filter.ts';
import { filterFields, noFilter, sortOrders } from './filter.ts';

/** A filter as far as it was understood, and every part of the text that was not. */
export interface ParsedFilter {
  readonly filter: SessionFilter;
  readonly mistakes: readonly FilterMistake[];
}

/** `typed` is the part that was left out; `nearest` what was probably meant. */
export type FilterMistake = { readonly typed: string; readonly nearest?: string } & (
  | { readonly is: 'unknown-key' | 'no-value' | 'no-duration' | 'given-twice' | 'too-long' }
  | { readonly is: 'unknown-choice'; readonly choices: readonly string[] }
);

/** Buttons carry the filter, and a message has a size. */
export const filterLength = 150;

export const filterKeys = [...filterFields, 'older', 'sort', 'group'] as const;
export type FilterKey = (typeof filterKeys)[number];

const otherNames: ReadonlyMap<string, string> = new Map([
  ['login', 'user'],
  ['machine', 'vm'],
  ['entrauser', 'entra'],
  ['address', 'from'],
]);

const quotes = /"/g;
/** A pair around a whole part, or a whole value, is quotes; any other is an apostrophe. */
const singleQuoted = /"[^"]*(?:"|$)|(?<=^|[\s:=,])'([^"]*?)'(?=$|[\s,])/g;
const part = /(?:[^\s"]|"[^"]*(?:"|$))+/g;
const listed = /(?:[^,"]|"[^"]*(?:"|$))+/g;
const keyed = /^(\p{L}+)([:=])(.*)$/su;
/** An address of IPv6 that begins with letters, or a pattern for some: no key. */
const addressLike = /^[a-f]{1,4}:[\da-f:.*]*:[\da-f:.*]*$/iu;

/**
 * Reads words and `key:value` in any order: keys and choices in any case and cut short, quotes around what has blanks,
 * commas between values, a blank after the colon. Nothing is left out without a mistake that says so.
 */
export function parseFilter(text: string): ParsedFilter {
  const parts = withPlainQuotes(typed(text)).match(part) ?? [];
  let parsed: ParsedFilter = { filter: noFilter, mistakes: [] };
  for (let index = 0; index < parts.length; index += 1) {
    const one = parts[index] ?? '';
    const next = parts[index + 1];
    const isSplit = keyOf(one)?.value === '' && next !== undefined && keyOf(next) === undefined;
    if (isSplit) index += 1;
    parsed = take(parsed, isSplit ? one + next : one);
  }
  return parsed;
}

/** The filter as it can be typed; read again, it is the same one. */
export function filterText({ words, fields, olderThanMs, sort, groupByHost }: SessionFilter): string {
  return [
    ...words.map(quoted),
    ...filterFields.flatMap((field) => fields[field].map((pattern) => `${field}:${quoted(pattern)}`)),
    ...(olderThanMs === undefined ? [] : [`older:${durationText(olderThanMs)}`]),
    ...(sort === undefined ? [] : [`sort:${sort}`]),
    ...(groupByHost ? ['group:host'] : []),
  ].join(' ');
}

function take({ filter, mistakes }: ParsedFilter, typed: string): ParsedFilter {
  const read = readPart(filter, typed);
  if ('is' in read) return { filter, mistakes: [...mistakes, read] };
  return filterText(read).length > filterLength
    ? { filter, mistakes: [...mistakes, { is: 'too-long', typed }] }
    : { filter: read, mistakes };
}

function readPart(filter: SessionFilter, typed: string): SessionFilter | FilterMistake {
  const given = keyOf(typed);
  if (!given) {
    const word = unquoted(typed);
    return word === '' ? { is: 'no-value', typed } : { ...filter, words: [...filter.words, word] };
  }
  const { key, value } = given;
  if (key === undefined) return { is: 'unknown-key', typed, ...near(given.name, filterKeys) };
  if (unquoted(value) === '') return { is: 'no-value', typed };
  switch (key) {
    case 'older':
      return older(filter, typed, unquoted(value));
    case 'sort': {
      const sort = chosen(unquoted(value), sortOrders);
      if (sort === undefined) return unknownChoice(typed, unquoted(value), sortOrders);
      return (filter.sort ?? sort) === sort ? { ...filter, sort } : { is: 'given-twice', typed };
    }
    case 'group':
      return chosen(unquoted(value), ['host']) === undefined
        ? unknownChoice(typed, unquoted(value), ['host'])
        : { ...filter, groupByHost: true };
    case 'host':
    case 'user':
    case 'entra':
    case 'vm':
    case 'protocol':
    case 'from':
      return withPatterns(filter, key, value);
  }
}

/** `name` is what was typed for the key; `key` what it stands for, if anything. `=` makes a key only of a known one. */
function keyOf(
  typed: string,
): { readonly name: string; readonly key: FilterKey | undefined; readonly value: string } | undefined {
  const [, name, sign, value] = keyed.exec(typed) ?? [];
  if (name === undefined || value === undefined) return undefined;
  const key = chosen(name, filterKeys);
  const isText = sign === '=' || addressLike.test(typed);
  return key === undefined && isText ? undefined : { name, key, value };
}

/** The choice with this name, or the only one that begins so. */
function chosen<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
  const lower = name.toLowerCase();
  const wanted = otherNames.get(lower) ?? lower;
  const [first, ...others] = choices.filter((choice) => choice.startsWith(wanted));
  return choices.find((choice) => choice === wanted) ?? (others.length === 0 ? first : undefined);
}

function withPatterns(filter: SessionFilter, field: FilterField, value: string): SessionFilter {
  const patterns = (value.match(listed) ?? []).map(unquoted).filter((pattern) => pattern !== '');
  return { ...filter, fields: { ...filter.fields, [field]: [...filter.fields[field], ...patterns] } };
}

function older(filter: SessionFilter, typed: string, value: string): SessionFilter | FilterMistake {
  const olderThanMs = durationOf(value);
  if (olderThanMs === undefined) return { is: 'no-duration', typed };
  const isFirst = (filter.olderThanMs ?? olderThanMs) === olderThanMs;
  return isFirst ? { ...filter, olderThanMs } : { is: 'given-twice', typed };
}

function unknownChoice(typed: string, value: string, choices: readonly string[]): FilterMistake {
  return { is: 'unknown-choice', typed, choices, ...near(value, choices) };
}

function near(word: string, known: readonly string[]): { readonly nearest?: string } {
  const guess = nearest(word, known);
  return guess === undefined ? {} : { nearest: guess };
}

function withPlainQuotes(text: string): string {
  return text.replaceAll(singleQuoted, (found, inner?: string) =>
    inner === undefined ? found : `"${inner}"`,
  );
}

function unquoted(text: string): string {
  return text.replaceAll(quotes, '').trim();
}

/** What would be read as something else without quotes. */
function quoted(pattern: string): string {
  return /^'|[\s,:=]/.test(pattern) ? `"${pattern}"` : pattern;
}

const dayMs = 86_400_000;
const longestMs = 10_000 * dayMs;
const units = [
  { letter: 'w', ms: 7 * dayMs },
  { letter: 'd', ms: dayMs },
  { letter: 'h', ms: 3_600_000 },
  { letter: 'm', ms: 60_000 },
  { letter: 's', ms: 1000 },
] as const;
const amount = /(\d{1,9}(?:\.\d+)?)(weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)/giy;

/** `4h`, `90min`, `1h30m`, `1.5d`. */
export function durationOf(text: string): number | undefined {
  const written = text.replaceAll(/[\s>]+/g, '');
  const amounts = [...written.matchAll(amount)];
  const readLength = amounts.reduce((sum, [whole]) => sum + whole.length, 0);
  const ms = amounts.reduce((sum, [, count, unit]) => sum + Number(count) * unitMs(unit), 0);
  if (written === '' || readLength < written.length || ms > longestMs) return undefined;
  return Math.round(ms / 1000) * 1000;
}

function unitMs(name = ''): number {
  return units.find(({ letter }) => letter === name[0]?.toLowerCase())?.ms ?? 0;
}

export function durationText(ms: number): string {
  let rest = ms;
  const written = units.flatMap(({ letter, ms: unitMs }) => {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    return count > 0 ? [`${count}${letter}`] : [];
  });
  return written.join('') || '0s';
}
