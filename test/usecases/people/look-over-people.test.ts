import { describe, expect, it } from '@jest/globals';
import type { Lookup } from '../../../src/domain/people/person.ts';
import { lookOverPeople } from '../../../src/usecases/people/look-over-people.ts';
import { peopleTrouble } from '../../../src/wording/people-trouble.ts';
import { aPolicy } from '../../support/build.ts';
import { memoryPorts } from '../../support/memory-ports.ts';

const policy = aPolicy({
  access: { view: ['S0OPS', 'S0EMPTY'], disconnect: ['S0OPS', 'U0ONCALL'], approve: ['S0GONE'] },
});
const group = (...members: readonly string[]): Lookup<ReadonlySet<string>> => ({
  ok: true,
  value: new Set(members),
});

async function troubles(
  groups: Readonly<Record<string, Lookup<ReadonlySet<string>>>>,
  ids?: Lookup<string[]>,
) {
  const { people } = memoryPorts();
  const found = await lookOverPeople(
    {
      policy,
      people: {
        ...people,
        membersOf: async (id) => groups[id] ?? group('U0ALICE'),
        idsOf: async (id, purpose) => ids ?? people.idsOf(id, purpose),
      },
    },
    'U0ANY',
  );
  return found.map(peopleTrouble);
}

describe('a look over whom the policy names', () => {
  it('finds nothing to say where Slack knows them, or cannot say for the moment', async () => {
    expect(await troubles({})).toEqual([]);
    expect(await troubles({ S0OPS: { ok: false } }, { ok: false })).toEqual([]);
  });

  it('names a group that is disabled or deleted, and one without members', async () => {
    expect(await troubles({ S0GONE: { ok: false, isGone: true }, S0EMPTY: group() })).toEqual([
      'the user group S0GONE that the policy names is disabled or deleted in Slack: it names nobody',
      'the user group S0EMPTY that the policy names has no members',
    ]);
  });

  it('names the only approver, who stands there under two ids', async () => {
    const ports = memoryPorts({
      policy: aPolicy({ access: { view: [], disconnect: [], approve: ['U0BOSS', 'W0BOSS'] } }),
    });
    const found = async () => (await lookOverPeople(ports, 'U0ANY')).map(peopleTrouble);
    expect(await found()).toEqual([]);
    for (const id of ['U0BOSS', 'W0BOSS']) ports.people.ids.set(id, ['U0BOSS', 'W0BOSS']);
    expect(await found()).toEqual([
      'U0BOSS and W0BOSS are one person, and the only approver: what they ask for themselves cannot be approved',
    ]);
  });

  it('names a scope once, and what it is for', async () => {
    const lacking = { ok: false, missingScope: 'usergroups:read' } as const;
    const all = { S0OPS: lacking, S0EMPTY: lacking, S0GONE: lacking };
    expect(await troubles(all, { ok: false, missingScope: 'users:read' })).toEqual([
      'the Slack app lacks the scope usergroups:read: the user groups that the policy names mean nobody',
      'the Slack app lacks the scope users:read: in an Enterprise Grid it is required, for people have two ids',
    ]);
  });
});
