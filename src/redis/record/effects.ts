import { encode, schemaOf } from './record.ts';

export interface Effect {
  readonly command: string;
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

export function effect(command: string, key: string, ...args: readonly (string | number)[]): Effect {
  return { command, keys: [key], args: args.map(String) };
}

interface Versioned {
  readonly version: number;
  readonly others?: readonly unknown[];
}

/** Stores for `keepMs` from now, or for ever. */
export function put(key: string, record: Versioned, keepMs?: number): Effect {
  return effect(
    'SET',
    key,
    encode(record, schemaOf(record)),
    ...(keepMs === undefined ? [] : ['PX', keepMs]),
  );
}

/** Keeps the time to live of the record that it replaces. */
export function replace(key: string, record: Versioned): Effect {
  return effect('SET', key, encode(record, schemaOf(record)), 'KEEPTTL');
}

/** Due at this moment, unless it is due earlier already. */
export function dueBy(dueKey: string, member: string, at: number): Effect {
  return effect('dueBy', dueKey, member, at);
}

/** Due at once where the subject has moved on. The version of a subject of several records is the sum of theirs. */
export function dueUnlessShown(
  dueKey: string,
  subjectKeys: readonly string[],
  { member, shown }: { readonly member: string; readonly shown: number },
): Effect {
  return { command: 'dueUnlessShown', keys: [dueKey, ...subjectKeys], args: [member, String(shown)] };
}

export function expireWith(key: string, otherKey: string): Effect {
  return { command: 'expireWith', keys: [key, otherKey], args: [] };
}

export function expireFrom(key: string, forMs: number): Effect {
  return effect('expireFrom', key, forMs);
}

export function outlive(key: string, forMs: number): Effect {
  return effect('outlive', key, forMs);
}

/** Appends to a stream, and begins to drop entries from before `oldestAt`. */
export function append(key: string, text: string, oldestAt: number): Effect {
  return effect('append', key, text, Math.max(0, oldestAt));
}

export function release(key: string, value: string): Effect {
  return effect('release', key, value);
}
