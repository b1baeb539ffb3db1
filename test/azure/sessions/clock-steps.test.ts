import { beforeEach, describe, expect, it } from '@jest/globals';
import { unreadHostState } from '../../../src/domain/sessions/host-state.ts';
import { observe } from '../../../src/domain/sessions/snapshot.ts';
import type { StartTimeForm } from '../../simulator/azure/session-json.ts';
import type { SimulatedHost } from '../../simulator/azure/host.ts';
import { azureUnderTest, known } from '../azure-under-test.ts';

const { azure, bastion } = azureUnderTest({ budgets: 'unlimited' });
const minute = 60_000;
const noon = Date.UTC(2026, 10, 23, 12);
const steps = [0, 10 * minute, -10 * minute, 26 * 60 * minute, 0];
let host: SimulatedHost;

beforeEach(() => {
  host = azure().addHost({ name: 'bastion-1' });
  for (const ageMinutes of [0, 5, 90]) {
    host.startSession({ id: `s${ageMinutes}`, vm: 'vm', ageMs: ageMinutes * minute });
  }
});

async function readBy(clock: () => number) {
  const result = await bastion({ clock }).readSessions(known(host), 'waiting');
  if (!result.ok) throw new Error(result.failure.kind);
  return result.sessions;
}

describe('a step of our clock', () => {
  it.each<[StartTimeForm, number | null | undefined]>([
    ['iso', undefined],
    ['none', undefined],
    ['garbage', undefined],
    ['none', null],
  ])('makes no session another one: start %s, duration %j', async (startTime, sessionDurationInMins) => {
    const extraFields = sessionDurationInMins === undefined ? {} : { sessionDurationInMins };
    host.behave({ startTime, extraFields, pageSize: 2 });
    let hostState = unreadHostState(known(host));
    let refs = 0;
    for (const [turn, stepMs] of steps.entries()) {
      const clock = () => Date.now() + stepMs;
      const result = { ok: true, sessions: await readBy(clock) } as const;
      const reading = { hostId: known(host).id, counter: turn + 1, begunAt: clock(), result };
      const snapshot = observe(hostState, reading, { newRef: () => `ref-${++refs}`, everyMs: minute });
      expect(snapshot.verdict).toBe('good');
      expect(snapshot.sightings.map(({ tracked, sighting }) => `${tracked.ref} ${sighting}`)).toEqual([
        'ref-1 open',
        'ref-2 open',
        'ref-3 open',
      ]);
      ({ hostState } = snapshot);
    }
  });
});

describe('a start that Azure does not give', () => {
  it('is by the clock of the answer that held the session', async () => {
    const headers = { date: new Date(noon).toUTCString() };
    host.behave({ startTime: 'none', headers });
    expect((await readBy(() => 0)).map(({ startedAt }) => (noon - startedAt) / minute)).toEqual([0, 5, 90]);
  });

  it.each(['', 'a moment ago', '1'])('is by our clock where the answer has no date: %j', async (date) => {
    host.behave({ startTime: 'none', headers: { date } });
    expect((await readBy(() => noon)).map(({ startedAt }) => (noon - startedAt) / minute)).toEqual([
      0, 5, 90,
    ]);
  });
});
