import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Policy } from '../../../src/domain/policy/policy.ts';
import type { DisconnectRequest, RequestState } from '../../../src/domain/requests/request.ts';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import { reviewDisconnect } from '../../../src/usecases/requests/review-request.ts';
import {
  aHost,
  aHostState,
  aPolicy,
  aRequest,
  aSession,
  aTrackedSession,
  minute,
  noon,
} from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const { id } = aRequest();
const access = { view: ['S0OPS'], disconnect: ['S0OPS'], approve: ['S0LEADS'] };
const policy = aPolicy({ access });
const approved = { is: 'approved', by: 'U0BOSS', via: 'S0LEADS', decidedAt: noon } as const;
const ordered: RequestState = { is: 'approved', decidedAt: noon };
const asked: Partial<DisconnectRequest> = { askedVia: 'S0OPS', expiresAt: noon + 30 * minute };

let ports: MemoryPorts;

beforeEach(async () => {
  ports = memoryPorts({ policy });
  ports.people.groups.set('S0OPS', new Set(['U0ASKER', 'U0BOSS']));
  ports.people.groups.set('S0LEADS', new Set(['U0BOSS']));
  await remember(ports, aHostState());
  let isOpen = true;
  ports.bastion.answer(aHost().id, () => ({ ok: true, sessions: isOpen ? [aSession()] : [] }));
  ports.bastion.answerDisconnect(() => {
    isOpen = false;
    return { ok: true, state: 'Disconnected' };
  });
});

/** What became of a request that was decided so at noon, and that the worker comes to after a while. */
async function carriedOut(
  state: RequestState,
  { afterMs = 1000, inForce = policy, fields = asked }: Carried = {},
): Promise<RequestState | undefined> {
  const request = aRequest({ ...fields, state });
  await ports.requests.open(request, auditOfRequest(request, noon));
  ports.time.now = noon + afterMs;
  await advanceRequest({ ...ports, policy: inForce }, id);
  return (await ports.requests.get(id))?.state;
}

interface Carried {
  readonly afterMs?: number;
  readonly inForce?: Policy;
  readonly fields?: Partial<DisconnectRequest>;
}

const silentSlack = () => {
  ports.people.groups.clear();
  ports.people.profiles.set('U0BOSS', undefined);
};
const notSent = (why: object) => ({ is: 'not-sent', why });

describe('what was decided is carried out', () => {
  it('on the word of the last minute, whatever Slack says now', async () => {
    ports.people.groups.set('S0LEADS', new Set());
    ports.people.groups.delete('S0OPS');
    expect(await carriedOut(approved, { afterMs: 30_000 })).toMatchObject({ is: 'gone' });
  });

  it('after more than a minute where it would be allowed again', async () => {
    expect(await carriedOut(approved, { afterMs: 5 * minute })).toMatchObject({ is: 'gone' });
  });

  it('where an older version did not note by what it was allowed, once Slack says so again', async () => {
    const { via: _via, ...old } = approved;
    const { askedVia: _asked, ...fields } = asked;
    expect(await carriedOut(old, { fields })).toMatchObject({ is: 'gone' });
  });
});

describe('what was decided is not carried out', () => {
  it.each([
    [
      'who approved has left the group',
      () => ports.people.groups.set('S0LEADS', new Set()),
      'approver',
      'not-named',
    ],
    [
      'who asked has left the group',
      () => ports.people.groups.set('S0OPS', new Set(['U0BOSS'])),
      'requester',
      'not-named',
    ],
    [
      'who approved has become a guest',
      () => ports.people.profiles.set('U0BOSS', { standing: 'guest' }),
      'approver',
      'guest',
    ],
  ] as const)('after more than a minute where %s', async (_what, happens, whose, because) => {
    happens();
    expect(await carriedOut(approved, { afterMs: 2 * minute })).toMatchObject(
      notSent({ is: 'right-lost', whose, because }),
    );
    expect(ports.bastion.disconnects).toEqual([]);
    expect(ports.trail.at(-1)).toMatchObject({ what: 'disconnect-not-sent', why: 'right-lost' });
  });

  it('where the policy names by id who has left since', async () => {
    const inForce = aPolicy({ access: { ...access, approve: ['U0BOSS'] } });
    ports.people.profiles.set('U0BOSS', { standing: 'deactivated' });
    const state = { ...approved, via: 'U0BOSS' };
    expect(await carriedOut(state, { inForce, afterMs: 2 * minute })).toMatchObject(
      notSent({ is: 'right-lost', whose: 'approver', because: 'deactivated' }),
    );
  });

  it('where the policy of who calls gives the right to others, however fresh it is', async () => {
    const inForce = aPolicy({ access: { ...access, approve: ['U0LEAD'] } });
    expect(await carriedOut(approved, { inForce })).toMatchObject(notSent({ is: 'right-lost' }));
  });

  it('where it was ordered without an approval, and the policy now asks for one', async () => {
    expect(await carriedOut(ordered)).toMatchObject(notSent({ is: 'approval-required' }));
    expect(ports.bastion.disconnects).toEqual([]);
  });

  it('where who approved turns out to be whose session it is', async () => {
    const known = {
      known: 'likely',
      candidates: [{ entraUser: 'boss@corp.example' }],
      isSoFar: false,
    } as const;
    await remember(ports, {
      ...aHostState({ trackedSessions: [aTrackedSession({ session: aSession({ origin: known }) })] }),
      version: 2,
    });
    ports.people.profiles.set('U0BOSS', { standing: 'member', email: 'boss@corp.example' });
    expect(await carriedOut(approved)).toMatchObject(
      notSent({ is: 'not-second', because: 'perhaps-own-session' }),
    );
  });

  it('where who approved turns out to be who asked, under another id', async () => {
    for (const one of ['U0BOSS', 'W0BOSS']) ports.people.ids.set(one, ['U0BOSS', 'W0BOSS']);
    ports.people.groups.set('S0OPS', new Set(['W0BOSS']));
    expect(await carriedOut(approved, { fields: { ...asked, requester: 'W0BOSS' } })).toMatchObject(
      notSent({ is: 'not-second', because: 'own-request' }),
    );
  });
});

describe('while Slack is silent, what was approved more than a minute ago', () => {
  it('waits, says so once, and is carried out when Slack speaks again', async () => {
    silentSlack();
    const state = await carriedOut(approved, { afterMs: 2 * minute });
    expect(state).toMatchObject({ is: 'approved', waiting: { for: 'right', since: noon + 2 * minute } });
    expect(ports.bastion.disconnects).toEqual([]);
    const waited = ports.trail.filter(({ what }) => what === 'disconnect-waiting');
    expect(waited).toMatchObject([{ why: 'right-unknown' }]);

    ports.people.groups.set('S0OPS', new Set(['U0ASKER']));
    ports.people.groups.set('S0LEADS', new Set(['U0BOSS']));
    ports.people.profiles.delete('U0BOSS');
    ports.time.now += minute;
    await advanceRequest(ports, id);
    expect((await ports.requests.get(id))?.state).toMatchObject({ is: 'gone', calls: 1 });
  });

  it('can be cancelled meanwhile', async () => {
    silentSlack();
    await carriedOut(approved, { afterMs: 2 * minute });
    const cancelled = await reviewDisconnect(ports, { id, verb: 'cancel', by: { id: 'U0ASKER' } });
    expect(cancelled).toMatchObject({ is: 'decided', request: { state: { is: 'cancelled' } } });
  });

  it('lapses when its time is over', async () => {
    silentSlack();
    await carriedOut(approved, { afterMs: 2 * minute });
    ports.time.now = noon + 31 * minute;
    await advanceRequest(ports, id);
    expect((await ports.requests.get(id))?.state).toMatchObject(notSent({ is: 'right-unknown' }));
    expect(ports.bastion.disconnects).toEqual([]);
  });
});

describe('a slow answer of Slack', () => {
  it('has the session read again before the call', async () => {
    let isSlow = true;
    const slow: typeof ports.people = {
      ...ports.people,
      membersOf: async (group, purpose) => {
        if (isSlow) ports.time.now += 2500;
        isSlow = false;
        return ports.people.membersOf(group, purpose);
      },
    };
    const request = aRequest({ ...asked, state: approved });
    await ports.requests.open(request, auditOfRequest(request, noon));
    ports.time.now = noon + 2 * minute;
    await advanceRequest({ ...ports, people: slow }, id);
    expect((await ports.requests.get(id))?.state).toMatchObject({ is: 'gone', calls: 1 });
    // Two before the call, and the one that proves it.
    expect(ports.bastion.readings).toHaveLength(3);
  });
});

/** A worker that died after it had stored what it was about to do, and is started again. */
describe('before a further call', () => {
  const sending = { ...approved, is: 'sending', sentAt: noon + 1, calls: 1 } as const;
  const { by: _by, via: _via, ...orderedSending } = sending;
  const inForceOff = aPolicy({ access, disconnect: { ...policy.disconnect, approval: 'off' } });
  const others = aPolicy({ access: { ...access, approve: ['U0OTHER'] } });

  it.each<[string, RequestState, Policy, object]>([
    ['asks for an approval', orderedSending, policy, { is: 'approval-required' }],
    ['is off', sending, inForceOff, { is: 'switched-off' }],
    ['gives the right to others', sending, others, { is: 'right-lost', whose: 'approver' }],
  ])('looks at it again: a policy that %s', async (_what, state, inForce, withheld) => {
    expect(await carriedOut(state, { afterMs: 15_000, inForce })).toMatchObject({
      is: 'still-there',
      calls: 1,
      withheld,
    });
    expect(ports.bastion.disconnects).toEqual([]);
    const entries = ports.trail.filter(({ what }) => what === 'disconnect-withheld');
    expect(entries).toMatchObject([{ by: 'bastion-bot' }]);
  });

  it('nobody is asked again whom the call before rests on', async () => {
    ports.people.groups.clear();
    expect(await carriedOut(sending, { afterMs: 15_000 })).toMatchObject({ is: 'gone', calls: 2 });
  });
});

describe('a decision that another clock dates into the future', () => {
  it('is none of the last minute', async () => {
    ports.people.groups.set('S0LEADS', new Set());
    const ahead = { ...approved, decidedAt: noon + 60 * minute };
    expect(await carriedOut(ahead)).toMatchObject(notSent({ is: 'right-lost', whose: 'approver' }));
  });
});

describe('an approver whom the policy names by id', () => {
  const inForce = aPolicy({ access: { ...access, disconnect: ['U0ASKER'], approve: ['U0BOSS'] } });
  const byId = { ...approved, via: 'U0BOSS' };
  const fields = { ...asked, askedVia: 'U0ASKER' };

  it('is waited for where Slack cannot say whether they are there still', async () => {
    ports.people.profiles.set('U0BOSS', undefined);
    const state = await carriedOut(byId, { afterMs: 5 * minute, inForce, fields });
    expect(state).toMatchObject({ is: 'approved', waiting: { for: 'right' } });
  });

  it('is believed where the app may not ask', async () => {
    const people = {
      ...ports.people,
      person: async () => ({ ok: false, missingScope: 'users:read' }) as const,
    };
    const request = aRequest({ ...fields, state: byId });
    await ports.requests.open(request, auditOfRequest(request, noon));
    ports.time.now = noon + 5 * minute;
    await advanceRequest({ ...ports, people, policy: inForce }, id);
    expect((await ports.requests.get(id))?.state).toMatchObject({ is: 'gone' });
  });
});

describe('an approval that the policy of the click gave to an owner too', () => {
  it('is not carried out while Slack cannot say whose session it is', async () => {
    const inForce = aPolicy({ access, people: [{ vmLogin: '*', email: '{login}@example.com' }] });
    const people = { ...ports.people, byEmail: async () => ({ ok: false }) as const };
    const request = aRequest({ ...asked, state: approved });
    await ports.requests.open(request, auditOfRequest(request, noon));
    ports.time.now = noon + 1000;
    await advanceRequest({ ...ports, people, policy: inForce }, id);
    expect((await ports.requests.get(id))?.state).toMatchObject({
      is: 'approved',
      waiting: { for: 'right' },
    });
  });
});
