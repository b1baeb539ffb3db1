import { describe, expect, it } from '@jest/globals';
import type { Purpose } from '../../../src/domain/people/freshness.ts';
import type { Policy } from '../../../src/domain/policy/policy.ts';
import type { People } from '../../../src/ports/people.ts';
import { findOwner } from '../../../src/usecases/people/find-owner.ts';
import { knowOwner } from '../../../src/usecases/people/know-owner.ts';
import { aPolicy, aSession } from '../../support/build.ts';
import { memoryPorts } from '../../support/memory-ports.ts';

const policy = aPolicy({
  people: [
    { vmLogin: 'azureuser', slack: 'U0AZURE' },
    { vmLogin: '*', email: '{login}@example.com' },
  ],
});

async function ownerOf(vmLogin: string) {
  const ports = memoryPorts({ policy });
  ports.people.emails.set('alice@example.com', 'U0ALICE');
  ports.people.emails.set("$&$'@example.com", 'U0ODD');
  return findOwner(ports, aSession({ vmLogin }));
}

describe('findOwner', () => {
  it.each([
    ['is the person named for the login', 'azureuser', 'U0AZURE'],
    ['is whom Slack knows by the e-mail address', 'alice', 'U0ALICE'],
    ['is nobody whom Slack does not know', 'bob', undefined],
    ['is nobody for a blank login', '', undefined],
    ['puts the login into the address as it is', "$&$'", 'U0ODD'],
  ])('%s', async (_what, vmLogin, owner) => {
    expect(await ownerOf(vmLogin)).toEqual({ ok: true, value: owner });
  });
});

describe('a login that the policy names several times', () => {
  const session = aSession({ vmLogin: 'ops' });
  const both = [{ vmLogin: 'ops', slack: ['U0FAY', 'W0FAY'] }];
  const apart = [
    { vmLogin: 'ops', slack: 'U0FAY' },
    { vmLogin: 'OPS', slack: 'W0FAY' },
  ];
  const byAddress = [
    { vmLogin: 'ops', slack: 'U0FAY' },
    { vmLogin: 'ops', email: 'fay@example.com' },
  ];
  const fay = { ok: true, value: 'U0FAY' };
  const nobody = { ok: true, value: undefined };

  function world(people: Policy['people']) {
    const ports = memoryPorts({ policy: aPolicy({ people }) });
    for (const id of ['U0FAY', 'W0FAY']) ports.people.ids.set(id, ['U0FAY', 'W0FAY']);
    ports.people.emails.set('fay@example.com', 'W0FAY');
    return ports;
  }

  it.each([
    ['both ids in one list', both],
    ['an entry for each id', apart],
    ['an id and an address', byAddress],
  ])('has an owner where all of it is one person: %s', async (_what, people) => {
    const ports = world(people);
    expect(await findOwner(ports, session)).toEqual(fay);
    expect(await knowOwner(ports, session)).toEqual({ is: 'one', id: 'U0FAY' });
  });

  it.each([
    ['both ids in one list', both],
    ['an entry for each id', apart],
    ['an id and an address', byAddress],
  ])('has none that is known while Slack cannot say: %s', async (_what, people) => {
    const ports = world(people);
    for (const id of ['U0FAY', 'W0FAY']) ports.people.ids.set(id, undefined);
    expect(await findOwner(ports, session)).toEqual({ ok: false });
    expect(await knowOwner(ports, session)).toEqual({ is: 'shared' });
  });

  it('has none where another person is named too, which no address has to be looked up for', async () => {
    const ports = world([...byAddress, { vmLogin: 'ops', slack: ['W0FAY', 'U0DANA'] }]);
    const silent = { ...ports, people: { ...ports.people, byEmail: async () => ({ ok: false }) as const } };
    expect(await findOwner(silent, session)).toEqual(nobody);
    expect(await knowOwner(silent, session)).toEqual({ is: 'shared' });
  });

  it.each([
    ['nobody’s', undefined, nobody],
    ['another person’s', 'U0DANA', nobody],
  ])('has none where an address is %s', async (_whose, id, owner) => {
    const ports = world(byAddress);
    ports.people.emails.clear();
    if (id !== undefined) ports.people.emails.set('fay@example.com', id);
    expect(await findOwner(ports, session)).toEqual(owner);
  });

  it.each(['showing', 'deciding'] as const)(
    'is asked of Slack for what it is wanted for: %s',
    async (wanted) => {
      const ports = world(byAddress);
      const purposes: Purpose[] = [];
      const idsOf: People['idsOf'] = async (id, purpose) => {
        purposes.push(purpose);
        return ports.people.idsOf(id, purpose);
      };
      const people = { ...ports.people, idsOf };
      expect(await findOwner({ ...ports, people }, session, wanted)).toEqual(fay);
      expect(purposes).toEqual([wanted, wanted]);
    },
  );

  it.each([
    ['of the same person', 'W0FAY', fay],
    ['of somebody else', 'U0DANA', nobody],
  ])('is compared with the Entra user %s', async (_whom, id, owner) => {
    const ports = world(both);
    ports.people.emails.set('root@example.com', id);
    const origin = {
      known: 'exact',
      candidates: [{ entraUser: 'root@example.com' }],
      isSoFar: false,
    } as const;
    expect(await findOwner(ports, { ...session, origin })).toEqual(owner);
  });
});

describe('an owner whom two names stand for', () => {
  const exact = {
    known: 'exact',
    candidates: [{ entraUser: 'root@example.com' }],
    isSoFar: false,
  } as const;
  const session = aSession({ vmLogin: 'azureuser', origin: exact });
  const ids = ['U0AZURE', 'W0AZURE'];

  it.each([
    ['is one person with two ids', ids, { ok: true, value: 'U0AZURE' }],
    ['is nobody where they are two people', ['W0AZURE'], { ok: true }],
    ['is not known where Slack cannot say', undefined, { ok: false }],
  ])('%s', async (_what, known, owner) => {
    const ports = memoryPorts({ policy });
    ports.people.emails.set('root@example.com', 'W0AZURE');
    ports.people.ids.set('W0AZURE', known);
    expect(await findOwner(ports, session)).toEqual(owner);
  });
});
