import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Profile, Told } from '../../domain/people/person.ts';
import type { People } from '../../ports/people.ts';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';
import { exactly } from '../record/exactly.ts';
import { askingKey, toldBesideKey, toldKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';
import { decode, encode } from '../record/record.ts';
import { redisCommit, release } from '../record/transaction.ts';

export interface PeopleOptions {
  readonly redis: Redis;
  /** Who is asked for what is not known, or no longer. */
  readonly people: People;
  /** How long an answer is believed, over all replicas. */
  readonly keepMs?: Keeping;
}

export interface Keeping {
  readonly known: number;
  readonly unknown: number;
  /** Somebody has to change the app first. */
  readonly scopeMissing: number;
}

const usualKeeping: Keeping = { known: 5 * 60_000, unknown: 5000, scopeMissing: 60_000 };

/** Whoever asks for longer has died or hangs: then the next one asks. */
const turnMs = 5000;
const lookAgainMs = 50;

/**
 * The same people, each question asked of Slack once for all replicas and all who ask, and its answer kept for
 * minutes. An answer too old is none: what Slack cannot say again is not known.
 */
export function redisPeople({ redis, people, keepMs = usualKeeping }: PeopleOptions): People {
  const commit = redisCommit(redis);

  function kept<Value>(
    kind: string,
    value: z.ZodType<Value>,
    ask: (id: string) => Promise<Told<Value>>,
  ): (id: string) => Promise<Told<Value>> {
    const shape = toldShape(value);
    const asking = new Map<string, Promise<Told<Value>>>();

    /** What is told, or else where the answer is to be kept: beside one of another version that this one cannot read. */
    async function known(id: string): Promise<{ readonly told: Told<Value> } | { readonly keepAt: string }> {
      const keys = [toldKey(kind, id), toldBesideKey(kind, id)] as const;
      for (const keepAt of keys) {
        const text = await reach(redis.get(keepAt));
        if (text === null) return { keepAt };
        const told = decode(shape, text);
        if (told.ok) return { told: told.value };
      }
      return { keepAt: keys[1] };
    }

    /** Asks, unless somebody else does: then waits for their answer. */
    async function find(id: string): Promise<Told<Value>> {
      const turnKey = askingKey(kind, id);
      const turn = randomUUID();
      for (;;) {
        const found = await known(id);
        if ('told' in found) return found.told;
        if (await mayAsk(turnKey, turn)) {
          const told = await ask(id);
          await keep(found.keepAt, told, turnKey, turn).catch(unlessUnreachable);
          return told;
        }
        await pause(lookAgainMs);
      }
    }

    /** A store that can be read but not written keeps nobody from an answer: then each asks for themselves. */
    async function mayAsk(turnKey: string, turn: string): Promise<boolean> {
      const taken = await reach(redis.set(turnKey, turn, 'PX', turnMs, 'NX')).catch(unlessUnreachable);
      return taken !== null;
    }

    async function keep(key: string, told: Told<Value>, turnKey: string, turn: string): Promise<void> {
      await reach(redis.set(key, encode(told), 'PX', keepForMs(told, keepMs)));
      await commit([], [release(turnKey, turn)]);
    }

    return async (id) => {
      const answer = asking.get(id) ?? find(id).finally(() => asking.delete(id));
      asking.set(id, answer);
      return answer;
    };
  }

  const members = kept('members', z.array(z.string()), async (groupId) => {
    const told = await people.membersOf(groupId);
    return told.ok ? { ok: true, value: [...told.value] } : told;
  });
  return {
    membersOf: async (groupId) => {
      const told = await members(groupId);
      return told.ok ? { ok: true, value: new Set(told.value) } : told;
    },
    person: kept('person', profileShape, async (id) => people.person(id)),
    byEmail: kept('email', z.string().optional(), async (email) => people.byEmail(email)),
  };
}

function unlessUnreachable(error: unknown): undefined {
  if (!(error instanceof StoreUnreachable)) throw error;
}

const profileShape = exactly<Profile>()(
  z.object({
    standing: z.enum(['member', 'guest', 'elsewhere', 'deactivated']),
    timeZone: z.string().exactOptional(),
    email: z.string().exactOptional(),
  }),
);

const unknownShape = exactly<Extract<Told<unknown>, { ok: false }>>()(
  z.object({ ok: z.literal(false), missingScope: z.string().exactOptional() }),
);

function toldShape<Value>(value: z.ZodType<Value>) {
  return z.union([z.object({ ok: z.literal(true), value }), unknownShape]);
}

function keepForMs(told: Told<unknown>, { known, unknown, scopeMissing }: Keeping): number {
  if (told.ok) return known;
  return told.missingScope === undefined ? unknown : scopeMissing;
}
