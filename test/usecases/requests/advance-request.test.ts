import { describe, expect, it } from '@jest/globals';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import { aPolicy, aRequest, aSession, noon } from '../../support/build.ts';
import { approved, audited, hostId, id, second, stateOf, world } from './advanced.ts';

describe('an approved request', () => {
  it('is read for, sent and proven', async () => {
    const { ports, open } = await world();
    ports.time.now = noon + second;
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone', by: 'U0BOSS', calls: 1 });
    expect(ports.bastion.disconnects).toEqual([{ hostId, sessionId: 'session-1' }]);
    expect([...open.keys()]).toEqual(['session-2']);
    expect(ports.bastion.readings).toHaveLength(2);
    expect(audited(ports)).toEqual(['disconnect-approved', 'disconnect-sent', 'disconnect-gone']);
  });

  it('is not sent on the strength of a reading from before the decision', async () => {
    const { ports, open } = await world({ ...approved, decidedAt: noon + 1 });
    open.delete('session-1');
    ports.time.now = noon + 1;
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'not-sent', why: { is: 'ended-by-itself' } });
    expect(ports.bastion.disconnects).toEqual([]);
  });

  it.each([
    ['other-login', aSession({ vmLogin: 'bob' })],
    ['other-start', aSession({ startedAt: noon })],
    ['other-machine', aSession({ vm: { name: 'vm-web-2' } })],
  ])('is not sent when the session has changed: %s', async (change, session) => {
    const { ports, open } = await world();
    ports.time.now = noon + second;
    open.set('session-1', session);
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'not-sent', why: { is: 'changed', change } });
    expect(ports.bastion.disconnects).toEqual([]);
  });

  it('is not sent once the policy has disconnecting switched off', async () => {
    const off = aPolicy({ disconnect: { ...aPolicy().disconnect, approval: 'off' } });
    const { ports } = await world(approved, { policy: off });
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'not-sent', why: { is: 'switched-off' } });
    expect([ports.bastion.readings, ports.bastion.disconnects]).toEqual([[], []]);
  });

  it('is not sent beyond the hourly limit, and says so', async () => {
    const policy = aPolicy({ disconnect: { ...aPolicy().disconnect, maxPerHour: 1 } });
    const { ports } = await world(approved, { policy });
    await ports.requests.takeSlot('another', 1, noon);
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({
      is: 'not-sent',
      why: { is: 'hourly-limit', maxPerHour: 1 },
    });
    expect(ports.bastion.disconnects).toEqual([]);
  });

  it('waits for a host that is read by somebody else', async () => {
    const { ports } = await world();
    ports.time.now = noon + second;
    await ports.readings.begin(hostId, 10 * second);
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone' });
    expect(ports.time.now).toBeGreaterThanOrEqual(noon + 11 * second);
  });

  it('is not sent to a host that is no longer known', async () => {
    const { ports } = await world();
    const hostState = await ports.hostStates.get(hostId);
    if (hostState) await ports.hostStates.forget(hostState, { ...hostState, trackedSessions: [] }, []);
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ why: { is: 'unread', failure: { kind: 'host-gone' } } });
  });
});

describe('a pending request', () => {
  it('is left alone before its time and expires at it', async () => {
    const { ports } = await world({ is: 'pending' });
    ports.time.now = aRequest().expiresAt - 1;
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toEqual({ is: 'pending' });
    ports.time.now += 1;
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toEqual({ is: 'expired', at: ports.time.now });
    expect(ports.bastion.readings).toEqual([]);
  });
});

describe('attending to nothing', () => {
  it('is fine: the hint may be old', async () => {
    const { ports } = await world({ is: 'expired', at: noon });
    await advanceRequest(ports, id);
    await advanceRequest(ports, 'never-asked');
    expect(audited(ports)).toEqual(['disconnect-expired']);
  });
});
