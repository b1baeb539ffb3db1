import { describe, expect, it } from '@jest/globals';
import { findOwner } from '../../../src/usecases/people/find-owner.ts';
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
