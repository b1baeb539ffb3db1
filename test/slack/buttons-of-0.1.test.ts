import { describe, expect, it } from '@jest/globals';
import { actions } from '../../src/slack/buttons.ts';
import type { Reply } from '../../src/slack/reply.ts';
import { askDisconnect } from '../../src/usecases/requests/ask-disconnect.ts';
import { askSeveral } from '../../src/usecases/requests/ask-several.ts';
import { handleAlert } from '../../src/usecases/alerts/handle-alert.ts';
import { aHostState, anAlert, aSession, aTrackedSession, hour, noon } from '../support/build.ts';
import type { MemoryPorts } from '../support/memory-ports.ts';
import { memoryPorts, remember } from '../support/memory-ports.ts';

/** Each button as version 0.1 posts it; messages stay in channels for years, so these are never to change. */
const posted = [
  ['alert_acknowledge', 'alert-1', 'an alert'],
  ['alert_snooze', 'alert-1', 'an alert'],
  ['alert_unacknowledge', 'alert-1', 'an acknowledged alert'],
  ['alert_unsnooze', 'alert-1', 'a snoozed alert'],
  ['alert_menu', 'details alert-1', 'an alert'],
  ['disconnect_ask', 'ref-1', 'an alert'],
  ['disconnect_ask_alike', 'ref-1', 'an alert'],
  ['request_approve', 'id-1', 'a request'],
  ['request_deny', 'id-1', 'a request'],
  ['request_cancel', 'id-1', 'a request'],
  ['batch_approve', 'id-1', 'a batch'],
  ['batch_deny', 'id-1', 'a batch'],
  ['batch_cancel', 'id-1', 'a batch'],
  ['session_menu', 'details ref-1', 'a list'],
  ['sessions_next_page', '1', 'a list'],
  ['sessions_previous_page', '0', 'a list'],
  ['sessions_refresh', '0', 'a list'],
  ['sessions_several', '0', 'a list'],
  ['history_next_page', '1', 'a history'],
  ['history_previous_page', '0', 'a history'],
] as const;
type Posted = (typeof posted)[number];

const asker = { id: 'U0ASKER' };
const boss = { id: 'U0BOSS' };

const setUp: Readonly<Record<Posted[2], (ports: MemoryPorts) => Promise<unknown>>> = {
  'an alert': () => Promise.resolve(),
  'an acknowledged alert': async (ports) =>
    handleAlert(ports, { alertId: 'alert-1', verb: { do: 'acknowledge' }, by: boss }),
  'a snoozed alert': async (ports) =>
    handleAlert(ports, {
      alertId: 'alert-1',
      verb: { do: 'snooze', until: noon + hour, reason: 'backup' },
      by: boss,
    }),
  'a request': async (ports) => askDisconnect(ports, { ref: 'ref-1', by: asker, reason: 'maintenance' }),
  'a batch': async (ports) =>
    askSeveral(ports, { refs: ['ref-1', 'ref-2'], by: asker, reason: 'maintenance' }),
  'a list': () => Promise.resolve(),
  'a history': () => Promise.resolve(),
};

/** What a click does: the reply, and the state in which it leaves what it is about. */
const done: Readonly<Record<Posted[0], readonly [Reply['is'], string?]>> = {
  alert_acknowledge: ['nothing', 'acknowledged'],
  alert_snooze: ['modal', 'unattended'],
  alert_unacknowledge: ['nothing', 'unattended'],
  alert_unsnooze: ['nothing', 'unattended'],
  alert_menu: ['modal', 'unattended'],
  disconnect_ask: ['modal'],
  disconnect_ask_alike: ['modal'],
  request_approve: ['nothing', 'approved'],
  request_deny: ['nothing', 'denied'],
  request_cancel: ['nothing', 'cancelled'],
  batch_approve: ['nothing', 'approved'],
  batch_deny: ['nothing', 'denied'],
  batch_cancel: ['nothing', 'cancelled'],
  session_menu: ['modal'],
  sessions_next_page: ['replace'],
  sessions_previous_page: ['replace'],
  sessions_refresh: ['replace'],
  sessions_several: ['modal'],
  history_next_page: ['replace'],
  history_previous_page: ['replace'],
};

async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts();
  const second = aSession({ sessionId: 'session-2', startedAt: noon - 3 * hour });
  await remember(
    ports,
    aHostState({
      trackedSessions: [
        aTrackedSession({ alertId: 'alert-1' }),
        aTrackedSession({ ref: 'ref-2', session: second }),
      ],
    }),
    [anAlert()],
  );
  return ports;
}

async function stateAfter(ports: MemoryPorts, on: Posted[2]): Promise<string | undefined> {
  if (on.endsWith('alert')) return (await ports.alerts.get('alert-1'))?.handling.is;
  if (on === 'a request') return (await ports.requests.get('id-1'))?.state.is;
  const batch = await ports.batches.get('id-1');
  return batch && (await ports.requests.many(batch.requestIds))[0]?.state.is;
}

describe('a button that version 0.1 posted', () => {
  it.each(posted)('%s with %j still does what it says', async (action, value, on) => {
    const ports = await world();
    await setUp[on](ports);
    const by = action.endsWith('cancel') ? asker : boss;
    const reply = await actions.get(action)?.run(ports, { by, value, portalUrl: 'https://portal.azure.com' });
    const [is, state] = done[action];
    expect(reply).toMatchObject({ is });
    expect(state === undefined ? undefined : await stateAfter(ports, on)).toBe(state);
  });

  it('is every button but those of a form, which is open for minutes only', () => {
    const known: readonly string[] = posted.map(([action]) => action);
    expect([...actions.keys()].filter((id) => !known.includes(id) && !id.startsWith('pick_'))).toEqual([]);
  });
});
