import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import type { ReviewVerb } from '../../../src/domain/requests/review.ts';
import type { Origin } from '../../../src/domain/sessions/origin.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { attendRequest } from '../../../src/usecases/requests/advance-request.ts';
import { reviewDisconnect } from '../../../src/usecases/requests/review-request.ts';
import { aHost, aMemory, aPolicy, aRequest, aSession, aWatch, noon } from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';

const { id } = aRequest();
const approvalsCard = { kind: 'card', key: { card: 'request', id } };
const requesterCard = { kind: 'card', key: { card: 'outcome', id } };

async function world(
  overrides: Partial<MemoryPorts> = {},
  asked: Partial<DisconnectRequest> = {},
): Promise<MemoryPorts> {
  const ports = memoryPorts(overrides);
  const request = aRequest(asked);
  await ports.requests.open(request, auditOfRequest(request, noon));
  return ports;
}

const click = async (ports: Ports, verb: ReviewVerb, by: string) =>
  reviewDisconnect(ports, { id, verb, by: { id: by } });
const audited = ({ trail }: MemoryPorts) => trail.map(({ what, by, why }) => [what, by, why]);

describe('a click on a request card', () => {
  it('approves, on record, and sets the worker going', async () => {
    const ports = await world();
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({
      is: 'decided',
      request: { state: { is: 'approved', by: 'U0BOSS', decidedAt: noon } },
    });
    expect(await ports.requests.get(id)).toMatchObject({ version: 2, state: { is: 'approved' } });
    expect(audited(ports).at(-1)).toEqual(['disconnect-approved', 'U0BOSS', undefined]);
    expect(ports.jobs.attended).toEqual([approvalsCard, { kind: 'request', id }]);
  });

  it('denies, and tells the requester', async () => {
    const ports = await world();
    expect(await click(ports, 'deny', 'U0BOSS')).toMatchObject({ is: 'decided' });
    expect(ports.jobs.attended).toEqual([approvalsCard, requesterCard]);
  });

  it('cancels for the requester, without the right to approve', async () => {
    const policy = aPolicy({ access: { view: [], disconnect: [], approve: [] } });
    const ports = await world({ policy });
    expect(await click(ports, 'cancel', 'U0ASKER')).toMatchObject({ is: 'decided' });
    expect(ports.jobs.attended).toEqual([approvalsCard]);
  });

  it.each([
    ['approve', 'U0BOSS'],
    ['deny', 'U0BOSS'],
    ['cancel', 'U0ASKER'],
  ] as const)('takes a second delivery of %s by %s for the first', async (verb, by) => {
    const ports = await world();
    const first = await click(ports, verb, by);
    expect(await click(ports, verb, by)).toMatchObject({ ...first, request: { version: 2 } });
    expect(audited(ports)).toHaveLength(2);
    expect(await click(ports, verb === 'deny' ? 'approve' : 'deny', 'U0BOSS')).toMatchObject({
      is: 'refused',
      because: 'already-decided',
    });
  });

  it.each(['approve', 'deny'] as const)('needs the right to %s, on record', async (verb) => {
    const policy = aPolicy({ access: { view: [], disconnect: [], approve: ['U0BOSS'] } });
    const ports = await world({ policy });
    expect(await click(ports, verb, 'U0OTHER')).toMatchObject({ is: 'denied', denied: { who: ['U0BOSS'] } });
    expect(audited(ports).at(-1)).toEqual(['approve-refused', 'U0OTHER', 'not-named']);
    expect(await ports.requests.get(id)).toMatchObject({ state: { is: 'pending' } });
  });

  it('is refused while Slack cannot say who is in the group', async () => {
    const policy = aPolicy({ access: { view: [], disconnect: [], approve: ['S0LEADS'] } });
    const ports = await world({ policy });
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({
      is: 'denied',
      denied: { because: 'unsure' },
    });
    ports.people.groups.set('S0LEADS', new Set(['U0BOSS']));
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ is: 'decided' });
  });

  it.each([
    ['approve', 'U0ASKER', 'own-request'],
    ['deny', 'U0ASKER', 'own-request'],
    ['cancel', 'U0BOSS', 'not-the-requester'],
  ] as const)('refuses to %s for %s, on record', async (verb, by, because) => {
    const ports = await world();
    expect(await click(ports, verb, by)).toMatchObject({ is: 'refused', because });
    expect(audited(ports).at(-1)).toEqual([`${verb}-refused`, by, because]);
  });

  it('is refused, on record with the session, to whoever has no right', async () => {
    const policy = aPolicy({ access: { view: [], disconnect: [], approve: ['U0BOSS'] } });
    const ports = await world({ policy });
    await click(ports, 'approve', 'U0OTHER');
    const { sessionId } = aRequest().session;
    expect(ports.trail.at(-1)).toMatchObject({ requestId: id, session: { sessionId } });
  });

  it('knows the requester, the owner and an approver under their other ids', async () => {
    const policy = aPolicy({
      access: { view: [], disconnect: [], approve: ['W0BOSS', 'U0OWNER', 'U0ASKER'] },
      people: [{ vmLogin: '*', slack: 'W0OWNER' }],
    });
    const ports = await world({ policy });
    for (const name of ['ASKER', 'OWNER', 'BOSS']) {
      const ids = [`U0${name}`, `W0${name}`];
      for (const one of ids) ports.people.ids.set(one, ids);
    }
    expect(await click(ports, 'approve', 'W0ASKER')).toMatchObject({ because: 'own-request' });
    expect(await click(ports, 'approve', 'U0OWNER')).toMatchObject({ because: 'own-session' });
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({
      is: 'decided',
      request: { state: { via: 'W0BOSS' } },
    });
    expect(ports.trail.at(-1)).toMatchObject({ by: 'U0BOSS', ids: ['U0BOSS', 'W0BOSS'] });
  });

  it('is decided by nobody whom Slack cannot tell from the requester', async () => {
    const ports = await world();
    ports.people.ids.set('U0BOSS', undefined);
    const policy = aPolicy({ access: { view: [], disconnect: [], approve: ['U0BOSS'] } });
    const refused = { is: 'refused', because: 'perhaps-own-request' };
    expect(await click({ ...ports, policy }, 'approve', 'U0BOSS')).toMatchObject(refused);
    expect(await click({ ...ports, policy }, 'cancel', 'U0BOSS')).toMatchObject(refused);
  });

  it('never lets the owner approve, also one whom Slack could not name before', async () => {
    const policy = aPolicy({ people: [{ vmLogin: '*', email: '{login}@example.com' }] });
    const ports = await world({ policy });
    ports.people.emails.set('azureuser@example.com', 'U0OWNER');
    expect(await click(ports, 'approve', 'U0OWNER')).toMatchObject({
      is: 'refused',
      because: 'own-session',
    });
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ request: { owner: 'U0OWNER' } });
  });

  it.each(['FAY', 'fay@corp.example', String.raw`CORP\fay`, String.raw`AzureAD\Fay@corp.example `])(
    'never lets the owner approve, however the login is spelled: %j',
    async (vmLogin) => {
      for (const mapping of [{ slack: 'U0FAY' }, { email: '{login}@example.com' }]) {
        const policy = aPolicy({ people: [{ vmLogin: 'fay', ...mapping }] });
        const ports = await world({ policy }, { session: aSession({ vmLogin }) });
        ports.people.emails.set('fay@example.com', 'U0FAY');
        const refused = { is: 'refused', because: 'own-session' };
        expect(await click(ports, 'approve', 'U0FAY')).toMatchObject(refused);
        expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ is: 'decided' });
      }
    },
  );

  it('lets nobody of a shared login approve, and everybody else', async () => {
    const people = [{ vmLogin: 'ops', slack: ['U0FAY', 'U0DANA'] }];
    const ports = await world(
      { policy: aPolicy({ people }) },
      { session: aSession({ vmLogin: String.raw`CORP\ops` }) },
    );
    for (const one of ['U0FAY', 'U0DANA']) {
      const refused = { is: 'refused', because: 'perhaps-own-session' };
      expect(await click(ports, 'approve', one)).toMatchObject(refused);
    }
    const decided = await click(ports, 'approve', 'U0BOSS');
    expect(decided).toMatchObject({ is: 'decided', request: { state: { is: 'approved' } } });
    expect(decided).not.toHaveProperty('request.owner');
  });

  it('lets nobody approve whose address Slack does not tell, where the policy names some for a shared login', async () => {
    const people = [
      { vmLogin: 'ops', email: 'fay@example.com' },
      { vmLogin: 'OPS', email: 'dana@example.com' },
    ];
    const ports = await world({ policy: aPolicy({ people }) }, { session: aSession({ vmLogin: 'ops' }) });
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ because: 'owner-unknown' });
    ports.people.profiles.set('U0BOSS', { standing: 'member', email: 'Dana@example.com' });
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ because: 'perhaps-own-session' });
    ports.people.profiles.set('U0BOSS', { standing: 'member', email: 'boss@example.com' });
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ is: 'decided' });
  });

  it('lets nobody approve while Slack cannot say whose session it is', async () => {
    const policy = aPolicy({ people: [{ vmLogin: '*', email: '{login}@example.com' }] });
    const ports = await world({ policy });
    const silent = { ...ports, people: { ...ports.people, byEmail: async () => ({ ok: false as const }) } };
    const refused = { is: 'refused', because: 'owner-unknown' };
    expect(await click(silent, 'approve', 'U0OWNER')).toMatchObject(refused);
    expect(audited(ports).at(-1)).toEqual(['approve-refused', 'U0OWNER', 'owner-unknown']);
    const lenient = { ...policy, disconnect: { ...policy.disconnect, ownerMayApprove: true } };
    expect(await click({ ...silent, policy: lenient }, 'approve', 'U0OWNER')).toMatchObject({
      is: 'decided',
    });
  });

  describe('on a session of which the audit log tells who may be behind it', () => {
    const boss = { standing: 'member', email: 'Boss@corp.example' } as const;
    const origin = (known: Origin['known'], ...users: readonly string[]): Origin => ({
      known,
      candidates: users.map((entraUser) => ({ entraUser })),
      isSoFar: false,
    });
    const refused = { is: 'refused', because: 'perhaps-own-session' };

    it.each([
      origin('likely', 'boss@corp.example'),
      origin('one-of', 'fay@corp.example', 'BOSS@corp.example'),
    ])('is no approval of whoever it may be: %j', async (known) => {
      const ports = await world({}, { session: aSession({ origin: known }) });
      ports.people.profiles.set('U0BOSS', boss);
      expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject(refused);
      expect(audited(ports).at(-1)).toEqual(['approve-refused', 'U0BOSS', 'perhaps-own-session']);
      expect(await click(ports, 'deny', 'U0BOSS')).toMatchObject({ is: 'decided' });
    });

    it('is no approval of whoever may be behind another session of the tunnel, whichever are left', async () => {
      const other = aSession({ sessionId: 'session-2', origin: origin('likely', 'boss@corp.example') });
      const others = [{ ref: 'ref-2', session: aSession({ sessionId: 'session-2' }) }];
      for (const watches of [[aWatch()], []]) {
        const ports = await world({}, { others });
        ports.people.profiles.set('U0BOSS', boss);
        const second = aWatch({ ref: 'ref-2', session: other });
        await remember(ports, aMemory({ watches: [...watches, second] }));
        expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject(refused);
      }
    });

    it('knows the exactly known user as the owner, whom the policy need not name', async () => {
      const ports = await world({}, { session: aSession({ origin: origin('exact', 'boss@corp.example') }) });
      ports.people.profiles.set('U0BOSS', boss);
      ports.people.profiles.set('U0LEAD', { standing: 'member', email: 'lead@corp.example' });
      ports.people.emails.set('boss@corp.example', 'U0BOSS');
      expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ because: 'own-session' });
      expect(await click(ports, 'approve', 'U0LEAD')).toMatchObject({ request: { owner: 'U0BOSS' } });
    });

    it('has no owner where the policy and the log name two people, and neither of them approves', async () => {
      const policy = aPolicy({ people: [{ vmLogin: 'azureuser', slack: 'U0MAPPED' }] });
      const session = aSession({ origin: origin('exact', 'boss@corp.example') });
      const ports = await world({ policy }, { session });
      ports.people.profiles.set('U0BOSS', boss);
      ports.people.profiles.set('U0MAPPED', { standing: 'member', email: 'mapped@corp.example' });
      ports.people.profiles.set('U0LEAD', { standing: 'member', email: 'lead@corp.example' });
      ports.people.emails.set('boss@corp.example', 'U0BOSS');
      expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject(refused);
      expect(await click(ports, 'approve', 'U0MAPPED')).toMatchObject(refused);
      const decided = await click(ports, 'approve', 'U0LEAD');
      expect(decided).toMatchObject({ is: 'decided' });
      expect(decided).not.toHaveProperty('request.owner');
    });

    it('goes by what is known at the moment of the click', async () => {
      const ports = await world();
      const session = aSession({ origin: origin('likely', 'boss@corp.example') });
      await ports.hosts.noteDiscovery({ hosts: [aHost()], problems: [] }, noon);
      const before = aMemory({ version: 0, watches: [] });
      await ports.watches.save(before, { ...before, watches: [aWatch({ session })] }, []);
      ports.people.profiles.set('U0BOSS', boss);
      expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject(refused);
    });

    it('is no approval of somebody whose address Slack does not tell', async () => {
      const policy = aPolicy({ access: { view: [], disconnect: [], approve: ['U0BOSS'] } });
      const session = aSession({ origin: origin('likely', 'fay@corp.example') });
      const ports = await world({ policy }, { session });
      expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ because: 'owner-unknown' });
      ports.people.profiles.set('U0BOSS', undefined);
      expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ because: 'owner-unknown' });
      ports.people.profiles.set('U0BOSS', boss);
      expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({ is: 'decided' });
    });
  });

  it('lets somebody deny while Slack cannot say whose session it is', async () => {
    const policy = aPolicy({ people: [{ vmLogin: '*', email: '{login}@example.com' }] });
    const ports = await world({ policy });
    const silent = { ...ports, people: { ...ports.people, byEmail: async () => ({ ok: false as const }) } };
    expect(await click(silent, 'deny', 'U0BOSS')).toMatchObject({ is: 'decided' });
  });

  it('finds nothing under a name that nobody gave', async () => {
    const ports = memoryPorts();
    expect(await click(ports, 'approve', 'U0BOSS')).toEqual({ is: 'unknown-request' });
  });

  it('comes too late at the moment of expiry, and expires the request', async () => {
    const ports = await world();
    ports.time.now = aRequest().expiresAt;
    expect(await click(ports, 'approve', 'U0BOSS')).toMatchObject({
      is: 'refused',
      because: 'already-decided',
      request: { state: { is: 'expired' } },
    });
    expect(await ports.requests.get(id)).toMatchObject({ state: { is: 'expired' } });
    expect(ports.jobs.attended).toEqual([approvalsCard, requesterCard]);
  });
});

describe('fifty approvals at once', () => {
  it('have one winner, and forty-nine who are told who it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const ports = await world();
        const replica = interleaved(ports, scheduler);
        const clicks = Array.from({ length: 50 }, async (_, index) => click(replica, 'approve', `U${index}`));
        const outcomes = await scheduler.waitFor(Promise.all(clicks));
        const winners = outcomes.flatMap((outcome) =>
          outcome.is === 'decided' ? [outcome.request.state] : [],
        );
        expect(winners).toHaveLength(1);
        const losers = outcomes.filter(({ is }) => is !== 'decided');
        expect(losers).toHaveLength(49);
        for (const loser of losers) {
          expect(loser).toMatchObject({
            is: 'refused',
            because: 'already-decided',
            request: { state: winners[0] },
          });
        }
        expect(ports.trail.filter(({ what }) => what === 'disconnect-approved')).toHaveLength(1);
        expect(ports.trail.filter(({ what }) => what === 'approve-refused')).toHaveLength(49);
      }),
      runs(10),
    );
  });
});

describe('approval, denial, cancelling and expiry at once', () => {
  it('come to one outcome, and whoever is late hears that', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: -3, max: 3 }), async (scheduler, offset) => {
        const ports = await world();
        await remember(ports, aMemory());
        ports.time.now = aRequest().expiresAt + offset;
        ports.bastion.answer(aHost().id, { ok: true, sessions: [aSession()] });
        const replica = interleaved(ports, scheduler);
        const ticking = { ...replica, clock: () => (ports.time.now += 1) };
        const clicks = Promise.all([
          click(ticking, 'approve', 'U0BOSS'),
          click(ticking, 'deny', 'U0LEAD'),
          click(ticking, 'cancel', 'U0ASKER'),
        ]);
        const attending = attendRequest(ticking, id);
        const [outcomes] = await scheduler.waitFor(Promise.all([clicks, attending]));
        await settle(ports, 10_000);
        const made = [
          'disconnect-approved',
          'disconnect-denied',
          'disconnect-cancelled',
          'disconnect-expired',
        ];
        expect(ports.trail.filter(({ what }) => made.includes(what))).toHaveLength(1);
        const decided = outcomes.filter(({ is }) => is === 'decided');
        expect(decided.length).toBeLessThanOrEqual(1);
        expect(outcomes.filter(({ is }) => is === 'refused')).toHaveLength(3 - decided.length);
      }),
      runs(60),
    );
  });
});

describe('a click that is cut off', () => {
  const calls = Array.from({ length: 4 }, (_, call) => call);
  const cuts = calls.flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);

  it.each(cuts)('$when call $call can be made again, or was made', async ({ call, when }) => {
    const ports = await world();
    await click(dyingAt(ports, call, when), 'deny', 'U0BOSS').catch(diedOnly);
    await click(ports, 'deny', 'U0BOSS');
    await settle(ports, 60_000);
    expect(await ports.requests.get(id)).toMatchObject({ state: { is: 'denied', by: 'U0BOSS' } });
    expect(ports.trail.filter(({ what }) => what === 'disconnect-denied')).toHaveLength(1);
    expect(ports.channel.messages).toMatchObject([
      { place: { channel: 'C0APPROVE' }, content: { request: { state: { is: 'denied' } } } },
      { place: { user: 'U0ASKER' }, content: { card: 'outcome' } },
    ]);
  });

  function diedOnly(error: unknown): undefined {
    if (!(error instanceof Died)) throw error;
  }
});
