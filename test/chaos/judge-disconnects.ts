import type { Redis } from 'ioredis';
import { sessionsOf } from '../../src/domain/requests/tunnel.ts';
import { field } from '../simulator/slack/json.ts';
import { timedTrail } from '../support/trail.ts';
import { excuseFor } from './explained.ts';
import type { Ledger } from './ledger.ts';
import type { Remembered, Wrong } from './remembered.ts';
import type { Stage } from './stage.ts';
import { furthestApartMs } from './stepping-clock.ts';

/** Between the reading that shows a session and the call that ends it. */
const readToCallMs = 6000;
const resendAfterMs = 10_000;
/** With these Azure has done nothing, and the call is none. */
const turnedAway = new Set([401, 409, 429]);

/** What Azure was told to end was approved, once, and was still there. */
export async function judgeDisconnects(
  { azure, hosts, replicas }: Stage,
  ledger: Ledger,
  { requests }: Remembered,
  redis: Redis,
  wrong: Wrong,
) {
  const clocks = replicas.all.map(({ clock }) => clock);
  const trail = await timedTrail(redis);
  const calls = azure.requests
    .all(({ kind, status }) => kind === 'disconnect' && !(status !== undefined && turnedAway.has(status)))
    .flatMap(({ at, body }) => {
      const ids = field(body, 'sessionIds');
      return Array.isArray(ids) ? ids.map((id) => ({ at, id: String(id) })) : [];
    });
  let bad = 0;
  const isWrong = (what: string) => {
    bad += 1;
    wrong('wrong disconnect', what);
  };
  const endedAt = (id: string) => hosts.map((host) => host.endedAt.get(id)).find((at) => at !== undefined);
  for (const [index, { at, id }] of calls.entries()) {
    const allowed = requests.filter(
      (request) =>
        sessionsOf(request).some(({ session }) => session.sessionId === id) &&
        'calls' in request.state &&
        'decidedAt' in request.state,
    );
    if (allowed.length === 0) isWrong(`${id} was ended and nobody had approved it`);
    const before = calls.slice(0, index).filter((call) => call.id === id);
    const last = before.at(-1);
    // By the clocks of the replicas, which may step in between.
    const apartMs = last ? at - last.at + furthestApartMs(clocks, last.at, at) : Infinity;
    if (last && apartMs < resendAfterMs - 500) isWrong(`${id} again after ${at - last.at} ms`);
    const sent = allowed.reduce((sum, { state }) => sum + ('calls' in state ? state.calls : 0), 0);
    if (before.length >= sent) isWrong(`${id}: ${before.length + 1} calls, and ${sent} were stored`);
    const ended = endedAt(id);
    if (ended !== undefined && at - ended > readToCallMs) isWrong(`${id}, ${at - ended} ms after its end`);
  }
  const carried = requests.filter(({ state }) => 'calls' in state);
  for (const request of requests) {
    const { id, state } = request;
    const isOver = sessionsOf(request).every(({ session }) => endedAt(session.sessionId) !== undefined);
    const isEnding = state.is === 'gone' || (state.is === 'overtaken' && state.why.is === 'ended-by-itself');
    if (isEnding && !isOver) wrong('false ending', `request ${id} says ${state.is} and it is open`);
    const isExplained = state.is === 'not-sent' || state.is === 'still-there' || state.is === 'unproven';
    if (isExplained && !isOver && !excuseFor(request, { clocks, ledger, trail })) {
      wrong('not ended', `request ${id} was approved: ${JSON.stringify(state)}`);
    }
    if (state.is === 'pending' || state.is === 'approved' || state.is === 'sending') {
      wrong('unsettled', `request ${id} is still ${state.is}`);
    }
  }
  return {
    'disconnects expected': carried.length,
    'disconnects sent': calls.length,
    'disconnects wrong': bad,
  };
}
