import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { DecidingAge, Purpose } from '../../domain/people/freshness.ts';
import type { Profile, Told } from '../../domain/people/person.ts';
import type { People, PeopleMemory } from '../../ports/people.ts';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';
import { exactly } from '../record/exactly.ts';
import type { budgets } from './asking-budget.ts';
import { askingBudget } from './asking-budget.ts';
import type { Keeping, Question, Want } from './kept-answers.ts';
import { keptAnswers } from './kept-answers.ts';

/** Who is asked for what is not known, or no longer. */
export interface AskedPeople extends People {
  /** Whether somebody may have several ids here, as in an Enterprise Grid. */
  inGrid(): Promise<Told<boolean>>;
}

export interface PeopleOptions {
  readonly redis: Redis;
  readonly people: AskedPeople;
  /** How old an answer may be on which a decision rests. */
  readonly deciding: DecidingAge;
  readonly keepMs?: Keeping;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const usualKeeping: Keeping = { known: 5 * minuteMs, unknown: 5000, scopeMissing: minuteMs };

/**
 * The same people, each question asked of Slack once for all replicas and all who ask. An answer is kept for minutes,
 * and serves a decision only while it is fresh; one too old is none: what Slack cannot say again is not known.
 */
export function redisPeople({
  redis,
  people,
  deciding,
  keepMs = usualKeeping,
}: PeopleOptions): People & PeopleMemory {
  const mayAsk = askingBudget(redis);
  const within =
    <Value>(
      method: keyof typeof budgets,
      ask: (id: string, purpose: Purpose) => Promise<Told<Value>>,
    ): Question<Value>['ask'] =>
    async (id, purpose) =>
      (await mayAsk(method, purpose).catch(unlessUnreachable)) ? ask(id, purpose) : undefined;

  const members = keptAnswers(redis, {
    kind: 'members',
    value: z.array(z.string()),
    keepMs,
    ask: within('usergroups.users.list', async (groupId, purpose) => {
      const told = await people.membersOf(groupId, purpose);
      return told.ok ? { ok: true, value: [...told.value] } : told;
    }),
  });
  const persons = keptAnswers(redis, {
    kind: 'person',
    value: profileShape,
    keepMs,
    ask: within('users.info', async (id, purpose) => people.person(id, purpose)),
  });
  const emails = keptAnswers(redis, {
    kind: 'email',
    value: z.string().optional(),
    keepMs,
    ask: within('users.lookupByEmail', async (email, purpose) => people.byEmail(email, purpose)),
  });
  const longKept = { ...keepMs, known: dayMs };
  const grid = keptAnswers(redis, {
    kind: 'grid',
    value: z.boolean(),
    keepMs: longKept,
    ask: async () => people.inGrid(),
  });
  const ids = keptAnswers(redis, {
    kind: 'ids',
    value: z.array(z.string()),
    keepMs: longKept,
    ask: within('users.info', async (id) => {
      const told = await people.idsOf(id);
      return told.ok ? { ok: true, value: [...told.value] } : told;
    }),
  });

  let isGrid: boolean | undefined;
  async function inGrid(): Promise<Told<boolean>> {
    if (isGrid !== undefined) return { ok: true, value: isGrid };
    const told = await grid.tell('workspace', forLong);
    if (told.ok) isGrid = told.value;
    return told;
  }

  const want = (purpose: Purpose, decidingMs: number): Want => ({
    purpose,
    atMostMs: purpose === 'deciding' ? decidingMs : keepMs.known,
  });
  return {
    membersOf: async (groupId, purpose) => {
      const told = await members.tell(groupId, want(purpose, deciding.membersMs));
      return told.ok ? { ok: true, value: new Set(told.value) } : told;
    },
    person: async (id, purpose) => persons.tell(id, want(purpose, deciding.personMs)),
    // An address only bars: it gives nobody a right.
    byEmail: async (email, purpose) => emails.tell(email, { purpose, atMostMs: keepMs.known }),
    idsOf: async (id) => {
      const told = await inGrid();
      if (told.ok && !told.value) return { ok: true, value: [id] };
      return ids.tell(id, forLong);
    },
    forgetGroup: async (groupId) => members.forget(groupId),
    forgetPerson: async ({ ids: all, email }) => {
      await Promise.all([
        ...all.map(async (id) => persons.forget(id)),
        ...(email === undefined ? [] : [emails.forget(email.toLowerCase())]),
      ]);
    },
  };
}

/** Which ids are one person's does not change. */
const forLong: Want = { purpose: 'deciding', atMostMs: dayMs };

/** A store that cannot count keeps nobody from asking. */
function unlessUnreachable(error: unknown): true {
  if (!(error instanceof StoreUnreachable)) throw error;
  return true;
}

const profileShape = exactly<Profile>()(
  z.object({
    standing: z.enum(['member', 'guest', 'elsewhere', 'deactivated', 'bot']),
    timeZone: z.string().exactOptional(),
    email: z.string().exactOptional(),
  }),
);
