import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { z } from 'zod';
import type { Purpose } from '../../domain/people/freshness.ts';
import type { Lookup, FailedLookup } from '../../domain/people/person.ts';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';
import { askingKey, lookupBesideKey, failedLookupKey, lookupKey } from '../record/keys.ts';
import { reach, reachAll } from '../record/reach.ts';
import { decode, encode } from '../record/record.ts';
import { holds } from '../record/conditions.ts';
import { effect, release } from '../record/effects.ts';
import { lookupShape } from '../record/shapes/lookups.ts';
import { redisCommit } from '../record/transaction.ts';

export interface Keeping {
  readonly known: number;
  readonly unknown: number;
  readonly scopeMissing: number;
}

export interface Question<Value> {
  readonly kind: string;
  readonly value: z.ZodType<Value>;
  readonly keepMs: Keeping;
  /** Undefined where the question may not be asked now: then nothing is told or kept. */
  readonly ask: (id: string, purpose: Purpose) => Promise<Lookup<Value> | undefined>;
}

export interface Want {
  readonly purpose: Purpose;
  /** How long ago the question may have been begun. */
  readonly atMostMs: number;
}

export interface KeptAnswers<Value> {
  tell(id: string, want: Want): Promise<Lookup<Value>>;
  kept(id: string): Promise<Lookup<Value> | undefined>;
  /** Notes what an answer about another id told of this one. */
  note(id: string, value: Value): Promise<void>;
  /** Drops also the answer that a question under way brings. */
  forget(id: string): Promise<void>;
}

/** A replica that asks for longer has died or hangs: then another one asks. */
const turnMs = 5000;
const lookAgainMs = 50;

/** Asks each question once for all replicas, and keeps the answer for a while. */
export function keptAnswers<Value>(
  redis: Redis,
  { kind, value, keepMs, ask }: Question<Value>,
): KeptAnswers<Value> {
  const commit = redisCommit(redis);
  const shape = lookupShape(value);
  const asking = new Map<string, Promise<Lookup<Value>>>();

  /** What was answered last, and where to keep an answer: beside one of another version that this one cannot read. */
  async function look(id: string): Promise<Looked<Value>> {
    const keys = [lookupKey(kind, id), lookupBesideKey(kind, id)] as const;
    // The time left comes first: an answer replaced in between then counts as older than it is.
    const pipeline = keys.reduce((all, key) => all.pttl(key).get(key), redis.pipeline());
    const [left, text, leftBeside, beside, failed] = await reachAll(pipeline.get(failedLookupKey(kind, id)));
    const failure = readLookup(failed);
    const untold = failure && !failure.ok ? { failure } : {};
    const answer = readLookup(text);
    if (answer || typeof text !== 'string') {
      return { keepAt: keys[0], ...untold, ...(answer && aged(answer, left)) };
    }
    const other = readLookup(beside);
    return { keepAt: keys[1], ...untold, ...(other && aged(other, leftBeside)) };
  }

  function readLookup(text: unknown): Lookup<Value> | undefined {
    const lookup = typeof text === 'string' ? decode(shape, text) : undefined;
    return lookup?.ok ? lookup.value : undefined;
  }

  function aged(answer: Lookup<Value>, leftMs: unknown) {
    return { answer, ageMs: keepForMs(answer, keepMs) - Number(leftMs) };
  }

  /** Asks, or waits while another replica asks. */
  async function find(id: string, { atMostMs, purpose }: Want): Promise<Lookup<Value>> {
    const turnKey = askingKey(kind, id);
    const turn = randomUUID();
    for (;;) {
      const { answer, ageMs = Infinity, failure, keepAt } = await look(id);
      if (answer && ageMs <= atMostMs) return answer;
      if (failure) return failure;
      if (await mayAsk(turnKey, turn)) {
        const begunAt = performance.now();
        const lookup = await ask(id, purpose);
        if (!lookup) {
          await commit([], [release(turnKey, turn)]).catch(unlessUnreachable);
          return { ok: false };
        }
        const keptMs = Math.max(1, Math.ceil(keepForMs(lookup, keepMs) - (performance.now() - begunAt)));
        // A failure leaves the last answer, which may do for showing.
        const at = lookup.ok || lookup.isGone ? keepAt : failedLookupKey(kind, id);
        const kept = await commit(
          [holds(turnKey, turn)],
          [effect('SET', at, encode(lookup), 'PX', keptMs), release(turnKey, turn)],
        ).catch(unlessUnreachable);
        // `forget` takes the turn away: this answer may be from before.
        if (kept !== 'conflict') return lookup;
      } else {
        await pause(lookAgainMs);
      }
    }
  }

  /** A store that cannot be written keeps no replica from its answer: each asks for itself. */
  async function mayAsk(turnKey: string, turn: string): Promise<boolean> {
    const taken = await reach(redis.set(turnKey, turn, 'PX', turnMs, 'NX')).catch(unlessUnreachable);
    return taken !== null;
  }

  return {
    tell: async (id, want) => {
      const wanted = `${want.purpose} ${want.atMostMs} ${id}`;
      const answer = asking.get(wanted) ?? find(id, want).finally(() => asking.delete(wanted));
      asking.set(wanted, answer);
      return answer;
    },
    kept: async (id) => (await look(id)).answer,
    note: async (id, noted) => {
      const { keepAt } = await look(id);
      await commit([], [effect('SET', keepAt, encode({ ok: true, value: noted }), 'PX', keepMs.known)]);
    },
    forget: async (id) => {
      const keys = [lookupKey, lookupBesideKey, failedLookupKey, askingKey].map((keyOf) => keyOf(kind, id));
      await reach(redis.del(...keys));
    },
  };
}

interface Looked<Value> {
  readonly answer?: Lookup<Value>;
  readonly ageMs?: number;
  readonly failure?: FailedLookup;
  readonly keepAt: string;
}

function unlessUnreachable(error: unknown): undefined {
  if (!(error instanceof StoreUnreachable)) throw error;
}

function keepForMs(lookup: Lookup<unknown>, { known, unknown, scopeMissing }: Keeping): number {
  if (lookup.ok || lookup.isGone) return known;
  return lookup.missingScope === undefined ? unknown : scopeMissing;
}
