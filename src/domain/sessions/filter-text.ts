import { durationOf, durationText } from '../kit/duration-text.ts';
import { nearest } from '../kit/nearest.ts';
import { quoted, unquoted, withPlainQuotes } from '../kit/quotes.ts';
import { typed } from '../kit/typed.ts';
import type { FilterField, SessionFilter } from './filter.ts';
import { filterFields, noFilter, sortOrders } from './filter.ts';

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

/** Of what is typed, in UTF-16 units: what follows is not read. A filter takes less, but forgives much. */
export const typedLength = 1000;

export const filterKeys = [...filterFields, 'older', 'sort', 'group'] as const;
export type FilterKey = (typeof filterKeys)[number];

const otherNames: ReadonlyMap<string, string> = new Map([
  ['login', 'user'],
  ['machine', 'vm'],
  ['entrauser', 'entra'],
  ['address', 'from'],
]);

const part = /(?:[^\s"]|"[^"]*(?:"|$))+/g;
const listed = /(?:[^,"]|"[^"]*(?:"|$))+/g;
const keyed = /^(\p{L}+)([:=])(.*)$/su;
/** An address of IPv6 that begins with letters, or a pattern for some: no key. */
const addressLike = /^[a-f]{1,4}:[\da-f.*]*:[\da-f:.*]*$/iu;

/** Words and `key:value` in any order; keys and choices in any case and cut short, quotes, commas. What is left out is a mistake that says so. */
export function parseFilter(text: string): ParsedFilter {
  const { read: readable, mistakes: unread } = readableOf(text);
  const parts = withPlainQuotes(typed(readable)).match(part) ?? [];
  const mistakes: FilterMistake[] = [];
  let filter = noFilter;
  for (let index = 0; index < parts.length; index += 1) {
    const one = parts[index] ?? '';
    const next = parts[index + 1];
    const isSplit = keyOf(one)?.value === '' && next !== undefined && keyOf(next) === undefined;
    if (isSplit) index += 1;
    const taken = take(filter, isSplit ? one + next : one);
    if ('is' in taken) mistakes.push(taken);
    else filter = taken;
  }
  return { filter, mistakes: [...mistakes, ...unread] };
}

/** As much of a text as is read, and the mistake that the rest is. */
export function readableOf(text: string): {
  readonly read: string;
  readonly mistakes: readonly FilterMistake[];
} {
  const typed = text.trim();
  const rest = typed.slice(typedLength).trimStart();
  return {
    read: typed.slice(0, typedLength),
    mistakes: rest === '' ? [] : [{ is: 'too-long', typed: rest }],
  };
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

function take(filter: SessionFilter, typed: string): SessionFilter | FilterMistake {
  const read = readPart(filter, typed);
  return !('is' in read) && filterText(read).length > filterLength ? { is: 'too-long', typed } : read;
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
