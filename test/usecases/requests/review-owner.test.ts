import { describe, expect, it } from '@jest/globals';
import type { Origin } from '../../../src/domain/sessions/origin.ts';
import { aHost, aHostState, aPolicy, aSession, aTrackedSession, noon } from '../../support/build.ts';
import { remember } from '../../support/memory-ports.ts';
import { audited, click, world } from './reviewed.ts';

describe('whoever may be who asked, or whose session it is', () => {
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
      for (const trackedSessions of [[aTrackedSession()], []]) {
        const ports = await world({}, { others });
        ports.people.profiles.set('U0BOSS', boss);
        const second = aTrackedSession({ ref: 'ref-2', session: other });
        await remember(ports, aHostState({ trackedSessions: [...trackedSessions, second] }));
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
      const before = aHostState({ version: 0, trackedSessions: [] });
      await ports.hostStates.save(before, { ...before, trackedSessions: [aTrackedSession({ session })] }, []);
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
});
