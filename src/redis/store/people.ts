import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { DecidingAge, Purpose } from '../../domain/people/freshness.ts';
import type { Profile, Lookup } from '../../domain/people/person.ts';
import type { Workspace } from '../../domain/people/workspace.ts';
import type { People, KeptPeople } from '../../ports/people.ts';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';
import { exactly } from '../record/exactly.ts';
import type { budgets } from './asking-budget.ts';
import { askingBudget } from './asking-budget.ts';
import type { Keeping, KeptAnswers, Question, Want } from './kept-answers.ts';
import { keptAnswers } from './kept-answers.ts';

export interface PeopleOptions {
  readonly redis: Redis;
  readonly people: People;
  /** Undefined until it is known: until then a person has one id only. */
  readonly workspace: () => Pick<Workspace, 'enterpriseId'> | undefined;
  readonly deciding: DecidingAge;
  readonly keepMs?: Keeping;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const usualKeeping: Keeping = { known: 5 * minuteMs, unknown: 5000, scopeMissing: minuteMs };

/** A decision takes only a fresh answer; an older one counts as none. */
export function redisPeople({
  redis,
  people,
  workspace,
  deciding,
  keepMs = usualKeeping,
}: PeopleOptions): People & KeptPeople {
  const mayAsk = askingBudget(redis);
  const within =
    <Value>(
      method: keyof typeof budgets,
      ask: (id: string, purpose: Purpose) => Promise<Lookup<Value>>,
    ): Question<Value>['ask'] =>
    async (id, purpose) =>
      (await mayAsk(method, purpose).catch(unlessUnreachable)) ? ask(id, purpose) : undefined;

  const members = keptAnswers(redis, {
    kind: 'members',
    value: z.array(z.string()),
    keepMs,
    ask: within('usergroups.users.list', async (groupId, purpose) => {
      const lookup = await people.membersOf(groupId, purpose);
      return lookup.ok ? { ok: true, value: [...lookup.value] } : lookup;
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
  const ids: KeptAnswers<string[]> = keptAnswers(redis, {
    kind: 'ids',
    value: z.array(z.string()),
    keepMs: { ...keepMs, known: dayMs },
    ask: within('users.info', async (id, purpose) => {
      const lookup = await people.idsOf(id, purpose);
      if (!lookup.ok) return lookup;
      const before = await ids.kept(id);
      const all = [...new Set([...lookup.value, ...(before?.ok ? before.value : [])])];
      // Slack may not tell it when it is asked about another of the ids.
      await Promise.all(all.filter((one) => one !== id).map(async (one) => ids.note(one, all))).catch(
        unlessUnreachable,
      );
      return { ok: true, value: all };
    }),
  });

  const want = (purpose: Purpose, decidingMs: number): Want => ({
    purpose,
    atMostMs: purpose === 'deciding' ? decidingMs : keepMs.known,
  });
  return {
    membersOf: async (groupId, purpose) => {
      const lookup = await members.tell(groupId, want(purpose, deciding.membersMs));
      return lookup.ok ? { ok: true, value: new Set(lookup.value) } : lookup;
    },
    person: async (id, purpose) => persons.tell(id, want(purpose, deciding.personMs)),
    // An address only bars, and gives no right.
    byEmail: async (email, purpose) => emails.tell(email, { purpose, atMostMs: keepMs.known }),
    idsOf: async (id, purpose) => {
      const here = workspace();
      if (!here) return { ok: false };
      if (here.enterpriseId === undefined) return { ok: true, value: [id] };
      return ids.tell(id, { purpose, atMostMs: dayMs });
    },
    forgetGroup: async (groupId) => members.forget(groupId),
    forgetPerson: async ({ ids: all, email }) => {
      await Promise.all([
        ...all.flatMap((id) => [persons.forget(id), ids.forget(id)]),
        ...(email === undefined ? [] : [emails.forget(email.toLowerCase())]),
      ]);
    },
  };
}

/** A store that cannot count stops no question. */
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
