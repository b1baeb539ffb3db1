import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../src/domain/origins/connection.ts';
import type { LogProblem } from '../../../src/domain/origins/log-standing.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { findOrigins } from '../../../src/usecases/origins/find-origins.ts';
import {
  aConnection,
  aHost,
  aHostState,
  anAlert,
  aPast,
  aPolicy,
  aRequest,
  aSession,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';
import { dyingAt, Died } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts } from '../../support/memory-ports.ts';

const host = aHost();
const second = 1000;
const vm = { name: 'vm-web-1', address: '10.0.0.4' };
const fay = { entraUser: 'fay@corp.example', clientAddress: '203.0.113.7', tunnelId: 'tunnel-1' };
const likely = { known: 'likely', candidates: [fay], isSoFar: false } as const;

/** One host with these sessions, known as `ref-0`, `ref-1`, …; the first has an alert. */
async function world(...sessions: readonly Partial<Session>[]): Promise<MemoryPorts> {
  const ports = memoryPorts();
  await ports.hosts.noteDiscovery({ hosts: [host], problems: [] }, noon);
  const trackedSessions = sessions.map((session, index) =>
    aTrackedSession({
      ref: `ref-${index}`,
      session: aSession({ vm, ...session }),
      ...(index === 0 && { alertId: 'alert-1' }),
    }),
  );
  const [first] = trackedSessions;
  const alerts = first ? [anAlert({ ref: first.ref, session: first.session })] : [];
  await ports.hostStates.save(
    aHostState({ version: 0, trackedSessions: [] }),
    aHostState({ version: 0, trackedSessions }),
    alerts,
  );
  return ports;
}

async function originsOf({ hostStates }: MemoryPorts) {
  const hostState = await hostStates.get(host.id);
  return hostState?.trackedSessions.map(({ session }) => session.origin);
}

function says(ports: MemoryPorts, ...connections: readonly Connection[]): void {
  ports.connectionLog.answer({ connections, covered: [host.id] });
}

describe('finding out who is behind the sessions', () => {
  it('keeps it with the session, its alert and its open request, whose cards come due', async () => {
    const ports = await world({});
    const request = aRequest({ ref: 'ref-0', session: aSession({ vm }) });
    await ports.requests.open(request, { at: noon, by: 'U0ASKER', what: 'disconnect-requested' });
    says(ports, aConnection());
    await findOrigins(ports);
    expect(await originsOf(ports)).toEqual([likely]);
    expect((await ports.alerts.get('alert-1'))?.session.origin).toEqual(likely);
    expect((await ports.requests.get('request-1'))?.session.origin).toEqual(likely);
    const cards = ports.jobs.enqueued.flatMap((item) => (item.kind === 'card' ? [item.key] : []));
    expect(cards).toEqual(
      expect.arrayContaining([
        { card: 'alert', id: 'alert-1' },
        { card: 'request', id: 'request-1' },
      ]),
    );
    expect(ports.trail).toHaveLength(1);
  });

  it('asks once for all sessions of all hosts, and for none that is exactly known', async () => {
    const exact = { known: 'exact', candidates: [fay], isSoFar: false } as const;
    const ports = await world({}, { sessionId: 'b', origin: exact });
    await findOrigins(ports);
    expect(ports.connectionLog.questions).toEqual([
      { hostIds: [host.id], periods: [{ from: noon - hour - 180_000, until: noon - hour + 180_000 }] },
    ]);
    expect((await originsOf(ports))?.[1]).toEqual(exact);
  });

  it('changes its mind when a late row names somebody else too', async () => {
    const ports = await world({});
    says(ports, aConnection());
    await findOrigins(ports);
    says(ports, aConnection(), aConnection({ tunnelIds: ['t'], entraUsers: ['dana@corp.example'] }));
    ports.time.now += 5 * minute;
    await findOrigins(ports);
    expect(await originsOf(ports)).toMatchObject([{ known: 'one-of' }]);
  });

  it('leaves everything as it is where the log gave no answer', async () => {
    const ports = await world({});
    says(ports, aConnection());
    await findOrigins(ports);
    ports.connectionLog.answer({ connections: [], covered: [], problem: { is: 'partial' } });
    ports.time.now += 5 * minute;
    await findOrigins(ports);
    expect(await originsOf(ports)).toEqual([likely]);
    expect((await ports.logAsks.last())?.trouble?.problem).toEqual({ is: 'partial' });
  });

  it('stores nothing where nothing is new', async () => {
    const ports = await world({});
    says(ports, aConnection());
    await findOrigins(ports);
    const before = await ports.hostStates.get(host.id);
    ports.time.now += 5 * minute;
    await findOrigins(ports);
    expect(await ports.hostStates.get(host.id)).toEqual(before);
  });

  it.each<LogProblem>([
    { is: 'too-many' },
    { is: 'unanswered', failure: { kind: 'failed', code: 'PathNotFoundError' } },
  ])(
    'says once what is wrong with old sessions only, and not that all is well with the young: %j',
    async (problem) => {
      const young = noon + 20 * minute;
      const ports = await world({}, { sessionId: 'b', startedAt: young });
      ports.connectionLog.answer(() => {
        const [{ periods } = { periods: [] }] = ports.connectionLog.questions.slice(-1);
        const isOld = periods.some(({ from }) => from < noon);
        return isOld ? { connections: [], covered: [], problem } : { connections: [], covered: [host.id] };
      });
      for (let minutes = 0; minutes < 12; minutes += 1) {
        await findOrigins(ports);
        expect((await ports.logAsks.last())?.trouble).toMatchObject({
          since: noon,
          problem: { is: problem.is },
        });
        ports.time.now += minute;
      }
      expect(ports.lines.map(({ level }) => level)).toEqual(['warn']);
    },
  );

  it('edits no card for what an older version of the bot dropped from the session alone', async () => {
    const ports = await world({});
    says(ports, aConnection());
    await findOrigins(ports);
    const known = await ports.hostStates.get(host.id);
    const alert = await ports.alerts.get('alert-1');
    const dropped = [aTrackedSession({ ref: 'ref-0', session: aSession({ vm }), alertId: 'alert-1' })];
    if (known) await ports.hostStates.save(known, { ...known, trackedSessions: dropped }, []);
    ports.time.now += 5 * minute;
    await findOrigins(ports);
    expect(await originsOf(ports)).toEqual([likely]);
    expect(await ports.alerts.get('alert-1')).toEqual(alert);
  });

  it('asks in parts where one answer cannot hold it all, the youngest sessions first', async () => {
    const ports = await world({ sessionId: 'a' }, { sessionId: 'b', startedAt: noon - minute });
    ports.connectionLog.answer(() =>
      ports.connectionLog.questions.length === 1
        ? { connections: [], covered: [], problem: { is: 'too-many' } }
        : { connections: [aConnection(), aConnection({ beganAt: noon - minute })], covered: [host.id] },
    );
    await findOrigins(ports);
    const asked = ports.connectionLog.questions.map(({ periods }) =>
      periods.map(({ from }) => from + 180_000),
    );
    expect(asked).toEqual([[noon - hour, noon - minute], [noon - minute], [noon - hour]]);
    expect(await originsOf(ports)).toMatchObject([{ known: 'likely' }, { known: 'likely' }]);
    expect((await ports.logAsks.last())?.trouble).toBeUndefined();
  });

  it('looks no more often than a poll comes, over all replicas', async () => {
    const ports = await world({ startedAt: noon - minute });
    await findOrigins(ports);
    await findOrigins(ports);
    expect(ports.connectionLog.questions).toHaveLength(1);
    ports.time.now += minute;
    await findOrigins(ports);
    expect(ports.connectionLog.questions).toHaveLength(2);
  });

  it('keeps its turn while an answer takes long, and not for longer', async () => {
    const ports = await world({ startedAt: noon - minute });
    const hasty = { ...ports, policy: aPolicy({ polling: { everyMs: 2 * second } }) };
    ports.connectionLog.answer(async () => {
      ports.time.now += 44 * second;
      await findOrigins(hasty);
      return { connections: [], covered: [host.id] };
    });
    await findOrigins(hasty);
    expect(ports.connectionLog.questions).toHaveLength(1);
    ports.connectionLog.answer({ connections: [], covered: [host.id] });
    ports.time.now += 2 * second;
    await findOrigins(hasty);
    expect(ports.connectionLog.questions).toHaveLength(2);
  });

  it('goes on at the next look with the hosts that nobody could be asked about', async () => {
    const ports = await world({});
    ports.connectionLog.answer({ connections: [], covered: [], unasked: [host.id] });
    await findOrigins(ports);
    says(ports, aConnection());
    ports.time.now += minute;
    await findOrigins(ports);
    expect(await originsOf(ports)).toEqual([likely]);
    expect((await ports.logAsks.last())?.trouble).toBeUndefined();
    ports.time.now += minute;
    await findOrigins(ports);
    expect(ports.connectionLog.questions).toHaveLength(2);
  });

  it('goes on at once where one answer told of some of the hosts', async () => {
    const ports = await world({});
    const other = aHost({ id: '/other' });
    ports.connectionLog.answer({ connections: [], covered: [other.id], unasked: [host.id] });
    await findOrigins(ports);
    says(ports, aConnection());
    ports.time.now += second;
    await findOrigins(ports);
    expect(await originsOf(ports)).toEqual([likely]);
  });

  it('asks again only for the hosts whose sessions one answer could not hold', async () => {
    const ports = await world({}, { sessionId: 'b' });
    const other = aHost({ id: '/other' });
    await ports.hosts.noteDiscovery({ hosts: [host, other], problems: [] }, noon);
    const calm = aSession({ vm, hostId: other.id, sessionId: 'c' });
    const before = aHostState({ host: other, version: 0, trackedSessions: [] });
    await ports.hostStates.save(
      before,
      { ...before, trackedSessions: [aTrackedSession({ ref: 'ref-c', session: calm })] },
      [],
    );
    ports.connectionLog.answer(() =>
      ports.connectionLog.questions.length === 1
        ? {
            connections: [aConnection({ hostId: other.id })],
            covered: [other.id],
            problem: { is: 'too-many' },
          }
        : { connections: [aConnection()], covered: [host.id] },
    );
    await findOrigins(ports);
    expect(ports.connectionLog.questions.map(({ hostIds }) => hostIds)).toEqual([
      [host.id, other.id],
      [host.id],
      [host.id],
    ]);
    expect(await originsOf(ports)).toEqual([likely, likely]);
    const [found] = (await ports.hostStates.get(other.id))?.trackedSessions ?? [];
    expect(found?.session.origin).toEqual(likely);
    expect((await ports.logAsks.last())?.trouble).toBeUndefined();
  });

  it('completes the history of a session that was over before its rows came, and the request that ended it', async () => {
    const ports = await world();
    const session = aSession({ vm, startedAt: noon - 3 * minute });
    const sent = { decidedAt: noon, sentAt: noon, calls: 1, checkedAt: noon } as const;
    const request = aRequest({ session });
    await ports.requests.open(request, { at: noon, by: 'U0ASKER', what: 'disconnect-requested' });
    await ports.requests.save(
      { ...request, version: 1, state: { is: 'gone', ...sent } },
      { at: noon, by: 'bastion-bot', what: 'disconnect-gone' },
    );
    const how = { is: 'by-bot', requestId: 'request-1', requester: 'U0ASKER' } as const;
    const hostState = await ports.hostStates.get(host.id);
    if (!hostState) throw new Error('there is a host');
    await ports.hostStates.save(hostState, hostState, [], { ended: [aPast({ session, how })] });
    says(ports, aConnection({ beganAt: session.startedAt, endedAt: noon }));
    await findOrigins(ports);
    const [past] = await ports.history.closedSince(0, 10);
    expect(past?.session.origin).toMatchObject({ known: 'likely', candidates: [fay] });
    expect((await ports.requests.get('request-1'))?.session.origin).toEqual(past?.session.origin);
  });

  it('waits at the first start until the sessions are known', async () => {
    const ports = memoryPorts();
    await findOrigins(ports);
    await ports.hosts.noteDiscovery({ hosts: [host], problems: [] }, noon);
    ports.time.now += minute;
    await findOrigins(ports);
    expect(ports.connectionLog.questions).toEqual([]);
    await ports.hostStates.save(
      aHostState({ version: 0, trackedSessions: [] }),
      aHostState({ version: 0 }),
      [],
    );
    ports.time.now += 2000;
    await findOrigins(ports);
    expect(ports.connectionLog.questions).toMatchObject([{ hostIds: [host.id] }]);
  });

  it('asks for all once another host has been read', async () => {
    const ports = await world({ startedAt: noon - 9 * hour });
    await findOrigins(ports);
    const other = aHost({ name: 'bastion-test' });
    await ports.hosts.noteDiscovery({ hosts: [other], problems: [] }, noon);
    const session = aSession({ hostId: other.id });
    const hostState = aHostState({
      host: other,
      version: 0,
      trackedSessions: [aTrackedSession({ ref: 'other', session })],
    });
    await ports.hostStates.save({ ...hostState, trackedSessions: [] }, hostState, []);
    ports.time.now += minute;
    await findOrigins(ports);
    expect(ports.connectionLog.questions.map(({ hostIds }) => hostIds)).toEqual([
      [host.id],
      [host.id, other.id],
    ]);
  });

  it('takes what bears the id of a session that is over for nobody else’s', async () => {
    const ports = await world({ sessionId: 'b' });
    const exact = { known: 'exact', candidates: [fay], isSoFar: false } as const;
    const past = aPast({ ref: 'ref-9', session: aSession({ vm, sessionId: 'a', origin: exact }) });
    const hostState = await ports.hostStates.get(host.id);
    if (hostState) await ports.hostStates.save(hostState, hostState, [], { ended: [past] });
    says(ports, aConnection({ tunnelIds: ['a'] }));
    await findOrigins(ports);
    expect(await originsOf(ports)).toEqual([undefined]);
  });

  it('knows a session that was given up and found again as what it is now', async () => {
    const ports = await world({});
    const how = { is: 'lost', why: 'unknown-too-long' } as const;
    const past = aPast({ ref: 'ref-0', session: aSession({ vm }), seenAt: noon - 50 * minute, how });
    const hostState = await ports.hostStates.get(host.id);
    if (hostState) await ports.hostStates.save(hostState, hostState, [], { ended: [past] });
    says(ports, aConnection({ endedAt: noon - 40 * minute }));
    await findOrigins(ports);
    expect(await originsOf(ports)).toEqual([undefined]);
  });

  it('keeps who is exactly known against an answer that is older', async () => {
    const ports = await world({});
    const request = aRequest({ ref: 'ref-0', session: aSession({ vm }) });
    await ports.requests.open(request, { at: noon, by: 'U0ASKER', what: 'disconnect-requested' });
    const answer = { connections: [aConnection()], covered: [host.id] };
    const exact = { ...answer, connections: [aConnection({ tunnelIds: ['session-1'] })] };
    ports.connectionLog.answer(async () => {
      ports.connectionLog.answer(exact);
      ports.time.now += 2 * minute;
      await findOrigins(ports);
      return answer;
    });
    await findOrigins(ports);
    expect(await originsOf(ports)).toMatchObject([{ known: 'exact' }]);
    expect((await ports.requests.get('request-1'))?.session.origin).toMatchObject({ known: 'exact' });
  });

  it('asks nobody where no log is set, and says so', async () => {
    const ports = await world({});
    await findOrigins({ ...ports, connectionLog: { ...ports.connectionLog, isSet: false } });
    expect(ports.connectionLog.questions).toEqual([]);
    expect((await ports.logAsks.last())?.trouble?.problem).toEqual({ is: 'not-set' });
  });

  it('tries the log out before anybody connects', async () => {
    const ports = await world();
    ports.connectionLog.answer({ connections: [], covered: [], problem: { is: 'no-table' } });
    await findOrigins(ports);
    expect(ports.connectionLog.questions).toMatchObject([{ hostIds: [host.id] }]);
    expect((await ports.logAsks.last())?.trouble?.problem).toEqual({ is: 'no-table' });
    expect(ports.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    ports.time.now += 5 * minute;
    await findOrigins(ports);
    expect(ports.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('goes on from wherever the process before it died', async () => {
    for (let call = 0; ; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const ports = await world({});
        await ports.requests.open(aRequest({ ref: 'ref-0', session: aSession({ vm }) }), {
          at: noon,
          by: 'U0ASKER',
          what: 'disconnect-requested',
        });
        says(ports, aConnection());
        const died = await findOrigins(dyingAt(ports, call, when)).then(
          () => false,
          (error: unknown) => error instanceof Died,
        );
        ports.time.now += 5 * minute;
        await findOrigins(ports);
        ports.time.now += 5 * minute;
        await findOrigins(ports);
        expect(await originsOf(ports)).toEqual([likely]);
        expect((await ports.alerts.get('alert-1'))?.session.origin).toEqual(likely);
        expect((await ports.requests.get('request-1'))?.session.origin).toEqual(likely);
        if (!died && when === 'after') return;
      }
    }
  });
});
