import { describe, expect, it } from '@jest/globals';
import { showDetails } from '../../../src/usecases/alerts/show-alert.ts';
import { showSession } from '../../../src/usecases/sessions/show-session.ts';
import { aHostState, aPast, aPolicy, aSession, anAlert, hour, noon } from '../../support/build.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const by = { id: 'U0ALICE' };

describe('showDetails', () => {
  it('shows the alert with its session as it is followed now', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState(), [anAlert()]);
    expect(await showDetails(ports, { alertId: 'alert-1', by })).toMatchObject({
      is: 'found',
      alert: { id: 'alert-1' },
      onHost: { tracked: { ref: 'ref-1' } },
    });
  });

  it('shows the alert of a session that is no longer followed', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState({ trackedSessions: [] }), [anAlert()]);
    const outcome = await showDetails(ports, { alertId: 'alert-1', by });
    expect(outcome).toMatchObject({ is: 'found', alert: { id: 'alert-1' } });
    expect(outcome).not.toHaveProperty('onHost');
  });

  it('tells when this login was on this machine before', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState(), [anAlert()]);
    const before = await ports.hostStates.get(aHostState().host.id);
    if (!before) throw new Error('the host is not known');
    const ended = [aPast({ session: aSession({ startedAt: noon - 5 * hour }) })];
    await ports.hostStates.save(before, before, [], { ended });
    expect(await showDetails(ports, { alertId: 'alert-1', by })).toMatchObject({ earlier: { count: 1 } });
    expect(await showSession(ports, { ref: 'ref-1', by })).toMatchObject({ earlier: { count: 1 } });
  });

  it.each([
    [[], { is: 'nobody' }],
    [[{ vmLogin: 'azureuser', slack: ['U0FAY', 'U0DANA'] }], { is: 'shared' }],
    [[{ vmLogin: '*', email: '{login}@example.com' }], { is: 'not-named' }],
    [[{ vmLogin: 'azureuser', slack: 'U0FAY' }], { is: 'one', id: 'U0FAY' }],
  ])('tells whose session it is, by %j', async (people, owner) => {
    const ports = memoryPorts({ policy: aPolicy({ people }) });
    await remember(ports, aHostState(), [anAlert()]);
    expect(await showDetails(ports, { alertId: 'alert-1', by })).toMatchObject({ owner });
    expect(await showSession(ports, { ref: 'ref-1', by })).toMatchObject({ owner });
  });

  it('tells why the audit log does not say who is behind it', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState(), [anAlert()]);
    expect(await showSession(ports, { ref: 'ref-1', by })).not.toHaveProperty('logTrouble');
    const logTrouble = { since: noon, problem: { is: 'not-set' as const } };
    await ports.logAsks.note({ askedAt: noon, allAskedAt: noon, hostsRead: 1, trouble: logTrouble });
    expect(await showDetails(ports, { alertId: 'alert-1', by })).toMatchObject({ logTrouble });
    expect(await showSession(ports, { ref: 'ref-1', by })).toMatchObject({ logTrouble });
  });

  it('knows nothing of an alert that nobody raised', async () => {
    expect(await showDetails(memoryPorts(), { alertId: 'never', by })).toEqual({ is: 'unknown-alert' });
  });

  it('needs the right to view, on record with the session', async () => {
    const ports = memoryPorts({ policy: aPolicy({ access: { ...aPolicy().access, view: [] } }) });
    await remember(ports, aHostState(), [anAlert()]);
    expect(await showDetails(ports, { alertId: 'alert-1', by })).toMatchObject({ is: 'denied' });
    expect(ports.trail).toMatchObject([
      { what: 'view-refused', alertId: 'alert-1', session: { sessionId: 'session-1' } },
    ]);
  });
});
