import { describe, expect, it } from '@jest/globals';
import { authorize, checkAccess } from '../../../src/usecases/people/authorize.ts';
import { aPolicy, aSession, noon } from '../../support/build.ts';
import { memoryPorts } from '../../support/memory-ports.ts';

const access = { view: ['S0OPS'], disconnect: ['S0OPS', 'U0ONCALL'], approve: [] };
const policy = aPolicy({ access });
const alice = { id: 'U0ALICE' };

describe('authorize', () => {
  it('asks who is in the groups of the right', async () => {
    const ports = memoryPorts({ policy });
    ports.people.groups.set('S0OPS', new Set(['U0ALICE']));
    expect(await authorize(ports, alice, { right: 'view' })).toMatchObject({ allowed: true });
    expect(ports.trail).toEqual([]);
  });

  it('puts a refusal on record and into the log, with the session', async () => {
    const ports = memoryPorts({ policy });
    ports.people.groups.set('S0OPS', new Set());
    expect(
      await authorize(ports, alice, { right: 'disconnect', about: { session: aSession() } }),
    ).toMatchObject({
      allowed: false,
      who: ['S0OPS', 'U0ONCALL'],
      because: 'not-named',
    });
    const entry = { at: noon, by: 'U0ALICE', what: 'disconnect-refused', why: 'not-named' };
    expect(ports.trail).toEqual([{ ...entry, session: expect.objectContaining({ sessionId: 'session-1' }) }]);
    expect(ports.lines).toMatchObject([{ level: 'info', fields: entry, event: 'refused' }]);
  });

  it('fails closed while Slack cannot look a group up', async () => {
    const ports = memoryPorts({ policy });
    expect(await authorize(ports, alice, { right: 'view' })).toMatchObject({
      allowed: false,
      because: 'unsure',
    });
    expect(await authorize(ports, { id: 'U0ONCALL' }, { right: 'disconnect' })).toMatchObject({
      allowed: true,
    });
  });
});

describe('somebody whom only a group or everyone names', () => {
  const everyone = aPolicy({ access: { view: ['everyone'], disconnect: ['S0OPS'], approve: ['U0ALICE'] } });

  it.each([['guest'], ['elsewhere'], ['deactivated']] as const)('may nothing as %s', async (standing) => {
    const ports = memoryPorts({ policy: everyone });
    ports.people.groups.set('S0OPS', new Set(['U0ALICE']));
    ports.people.profiles.set('U0ALICE', { standing });
    for (const right of ['view', 'disconnect'] as const) {
      expect(await authorize(ports, alice, { right })).toMatchObject({ allowed: false, because: standing });
    }
    expect(ports.trail.map(({ why }) => why)).toEqual([standing, standing]);
  });

  it('may nothing while Slack does not say who they are', async () => {
    const ports = memoryPorts({ policy: everyone });
    ports.people.profiles.set('U0ALICE', undefined);
    expect(await authorize(ports, alice, { right: 'view' })).toMatchObject({
      allowed: false,
      because: 'unsure',
    });
  });

  it('needs nothing of Slack once they are named themselves', async () => {
    const asked = memoryPorts({ policy: everyone });
    asked.people.profiles.set('U0ALICE', undefined);
    expect(await authorize(asked, alice, { right: 'approve' })).toMatchObject({ allowed: true });
  });
});

describe('checkAccess', () => {
  it('leaves no record', async () => {
    const ports = memoryPorts({ policy });
    expect(await checkAccess(ports, alice, { right: 'approve' })).toMatchObject({ allowed: false });
    expect([ports.trail, ports.lines]).toEqual([[], []]);
  });
});

describe('somebody with two ids', () => {
  it('has the right that a group or the policy gives to the other one, and is audited under both', async () => {
    const ports = memoryPorts({ policy });
    for (const id of ['U0ALICE', 'W0ALICE']) ports.people.ids.set(id, ['U0ALICE', 'W0ALICE']);
    ports.people.groups.set('S0OPS', new Set(['W0ALICE']));
    expect(await authorize(ports, alice, { right: 'view' })).toEqual({ allowed: true, via: 'S0OPS' });
    expect(await authorize(ports, alice, { right: 'approve' })).toMatchObject({ allowed: false });
    expect(ports.trail).toMatchObject([{ by: 'U0ALICE', ids: ['U0ALICE', 'W0ALICE'] }]);
  });

  it('has no right while Slack cannot say which, unless the policy names the one they use', async () => {
    const ports = memoryPorts({ policy });
    ports.people.ids.set('U0ALICE', undefined).set('U0ONCALL', undefined);
    ports.people.groups.set('S0OPS', new Set(['W0ALICE']));
    expect(await authorize(ports, alice, { right: 'view' })).toMatchObject({
      allowed: false,
      because: 'unsure',
    });
    expect(await authorize(ports, { id: 'U0ONCALL' }, { right: 'disconnect' })).toMatchObject({
      allowed: true,
    });
  });
});

describe('a group that was disabled', () => {
  it('is named, and its right is nobody’s', async () => {
    const ports = memoryPorts({ policy });
    const people = { ...ports.people, membersOf: async () => ({ ok: false, isGone: true }) as const };
    expect(await authorize({ ...ports, people }, alice, { right: 'view' })).toMatchObject({
      allowed: false,
      because: 'not-named',
      goneGroups: ['S0OPS'],
    });
  });
});
