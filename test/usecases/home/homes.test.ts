import { describe, expect, it } from '@jest/globals';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import { followHomes } from '../../../src/usecases/home/follow-homes.ts';
import { redrawHome } from '../../../src/usecases/home/redraw-home.ts';
import { openHome } from '../../../src/usecases/home/open-home.ts';
import {
  aBatch,
  aHostState,
  anAlert,
  aPolicy,
  aRequest,
  aSession,
  aTrackedSession,
  hour,
  minute,
} from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const alices = aSession({ sessionId: 'session-a', vmLogin: 'alice' });
const policy = aPolicy({
  access: { view: ['S0OPS'], disconnect: ['U0ALICE'], approve: ['U0BOB', 'U0CAROL'] },
  people: [
    { vmLogin: 'azureuser', slack: 'U0BOB' },
    { vmLogin: '*', email: '{login}@Example.com' },
  ],
});

/** Two sessions, of Alice and of Bob; Bob's has an alert. */
async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts({ policy });
  ports.people.groups.set('S0OPS', new Set(['U0ALICE', 'U0BOB']));
  ports.people.profiles.set('U0ALICE', { standing: 'member', email: 'alice@example.com' });
  const trackedSessions = [
    aTrackedSession({ alertId: 'alert-1' }),
    aTrackedSession({ ref: 'ref-2', session: alices }),
  ];
  await remember(ports, aHostState({ trackedSessions }), [anAlert()]);
  return ports;
}

async function homeOf(ports: MemoryPorts, user: string) {
  await openHome(ports, user);
  const home = ports.homeTab.published.at(-1)?.home;
  if (!home) throw new Error('nothing was published');
  return home;
}

async function ask(ports: MemoryPorts, request: DisconnectRequest): Promise<void> {
  await ports.requests.open(request, auditOfRequest(request, request.askedAt));
}

describe('a home', () => {
  it('says why alerts do not reach their channel, until they do', async () => {
    const ports = await world();
    const card = await ports.cards.get({ card: 'alert', id: 'alert-1' });
    const trouble = { code: 'is_archived', since: ports.time.now };
    await ports.cards.save({ ...card, trouble });
    expect(await homeOf(ports, 'U0ALICE')).toMatchObject({ sights: { alertsRefused: 'is_archived' } });
    const posted = { message: { channel: 'C0ALERTS', message: '1' }, shown: 1 };
    await ports.cards.save({ ...card, ...posted, version: 1 });
    expect((await homeOf(ports, 'U0ALICE')).sights).not.toHaveProperty('alertsRefused');
  });

  it('shows the sessions that are the person’s own, by id or by address', async () => {
    const ports = await world();
    expect(await homeOf(ports, 'U0ALICE')).toMatchObject({
      sights: { mine: { shown: [{ session: { vmLogin: 'alice' } }], count: 1 }, offer: 'required' },
    });
    expect(await homeOf(ports, 'U0BOB')).toMatchObject({
      sights: { mine: { shown: [{ session: { vmLogin: 'azureuser' } }], count: 1 }, offer: 'off' },
    });
  });

  it('shows open alerts and every host', async () => {
    const ports = await world();
    expect(await homeOf(ports, 'U0BOB')).toMatchObject({
      sights: {
        alerts: { shown: [{ id: 'alert-1' }], count: 1 },
        hosts: [{ name: 'bastion-prod', sessions: 2, overLimit: 0 }],
      },
    });
  });

  it('shows nothing to whoever may see nothing, and does not put that on record', async () => {
    const ports = await world();
    const home = await homeOf(ports, 'U0DAVE');
    expect(home).toEqual({ sights: expect.objectContaining({ allowed: false, right: 'view' }) });
    expect(ports.trail).toEqual([]);
  });

  it('shows an approver who may not see sessions what waits for them, and no more', async () => {
    const ports = await world();
    await ask(ports, aRequest());
    expect(await homeOf(ports, 'U0CAROL')).toMatchObject({
      sights: { allowed: false },
      waiting: { shown: [{ is: 'request', request: { id: 'request-1' } }], count: 1 },
    });
    expect(await homeOf(ports, 'U0ALICE')).not.toHaveProperty('waiting');
  });

  it.each([
    ['their own request', aRequest({ requester: 'U0BOB' })],
    ['the end of their own session', aRequest({ owner: 'U0BOB' })],
    ['what has run out', aRequest({ expiresAt: aRequest().askedAt })],
    [
      'what is decided',
      aRequest({ state: { is: 'approved', by: 'U0CAROL', decidedAt: aRequest().askedAt } }),
    ],
  ])('asks nobody to approve %s', async (_what, request) => {
    const ports = await world();
    await ask(ports, request);
    expect(await homeOf(ports, 'U0BOB')).toMatchObject({ waiting: { shown: [], count: 0 } });
  });

  it('shows several asked for at once as one', async () => {
    const ports = await world();
    const members = [0, 1].map((index) =>
      aRequest({
        id: `request-${index}`,
        batchId: 'batch-1',
        session: aSession({ sessionId: `session-${index}` }),
      }),
    );
    const entries = members.map((request) => ({ request, entry: auditOfRequest(request, request.askedAt) }));
    await ports.batches.open(aBatch(), entries);
    expect(await homeOf(ports, 'U0CAROL')).toMatchObject({
      waiting: { shown: [{ is: 'batch', members: [{ id: 'request-0' }, { id: 'request-1' }] }], count: 1 },
    });
  });
});

describe('an open home', () => {
  const pictures = (ports: MemoryPorts) => ports.homeTab.published.length;

  it('follows what changes, at most once a minute, and not what does not', async () => {
    const ports = await world();
    await openHome(ports, 'U0CAROL');
    await followHomes(ports);
    expect(pictures(ports)).toBe(1);
    await ask(ports, aRequest());
    await followHomes(ports);
    expect(pictures(ports)).toBe(2);
    await ask(ports, aRequest({ id: 'request-2', ref: 'ref-2', session: alices }));
    await followHomes(ports);
    expect(pictures(ports)).toBe(2);
    ports.time.now += minute;
    await followHomes(ports);
    expect(pictures(ports)).toBe(3);
    await followHomes(ports);
    expect(ports.homeTab.published.at(-1)).toMatchObject({
      user: 'U0CAROL',
      home: { waiting: { count: 2 } },
    });
    expect(pictures(ports)).toBe(3);
  });

  it('is not drawn again for a reading that shows the same', async () => {
    const ports = await world();
    await openHome(ports, 'U0BOB');
    ports.time.now += 2 * minute;
    const before = await ports.hostStates.get(aHostState().host.id);
    if (!before) throw new Error('the host is not known');
    await ports.hostStates.save(before, { ...before, readAt: ports.time.now, triedAt: ports.time.now }, []);
    await followHomes(ports);
    expect(pictures(ports)).toBe(1);
  });

  it('is drawn at once for whoever did something, and for nobody whose home is on no screen', async () => {
    const ports = await world();
    await openHome(ports, 'U0CAROL');
    await followHomes(ports);
    await ask(ports, aRequest());
    await redrawHome(ports, 'U0CAROL');
    expect(ports.homeTab.published.at(-1)).toMatchObject({ home: { waiting: { count: 1 } } });
    await redrawHome(ports, 'U0BOB');
    ports.time.now += hour;
    await redrawHome(ports, 'U0CAROL');
    expect(pictures(ports)).toBe(2);
  });

  it('is left alone after ten minutes', async () => {
    const ports = await world();
    await openHome(ports, 'U0CAROL');
    ports.time.now += hour;
    await ask(ports, aRequest());
    await followHomes(ports);
    expect(pictures(ports)).toBe(1);
  });

  it('is drawn at the next turn where Slack did not take it', async () => {
    const ports = await world();
    ports.homeTab.failNext({ ok: false, why: 'unreachable' });
    await openHome(ports, 'U0BOB');
    expect(pictures(ports)).toBe(0);
    await followHomes(ports);
    expect(pictures(ports)).toBe(1);
  });
});
