import type { DisconnectRequest, RequestState } from '../../src/domain/requests/request.ts';
import type { TimedEntry } from '../support/trail.ts';
import type { Ledger } from './ledger.ts';
import type { SteppingClock } from './stepping-clock.ts';
import { furthestApartMs } from './stepping-clock.ts';

/** How long the bot waits, by its clocks, before it says of an approved request that it came to this. */
const patienceMs: Readonly<Partial<Record<RequestState['is'], number>>> = {
  'not-sent': 120_000,
  unproven: 120_000,
  'still-there': 60_000,
};

export interface Circumstances {
  readonly trail: readonly TimedEntry[];
  readonly ledger: Pick<Ledger, 'away'>;
  readonly clocks: readonly SteppingClock[];
}

/**
 * Why an approved request may have ended with its session still open: Azure did not have the host, or a clock that was
 * put forward took away the time to wait. Undefined where it may not.
 */
export function excuseFor(
  { id, session, state }: DisconnectRequest,
  { clocks, ledger, trail }: Circumstances,
): 'host away' | 'clock' | undefined {
  const steps = trail.filter(({ entry }) => entry.requestId === id);
  const end = steps.at(-1)?.storedAt ?? 0;
  const decided = steps.find(({ entry }) => entry.what === 'disconnect-approved')?.storedAt ?? 0;
  const wasAway = ledger.away.some(
    ({ hostId, from, until }) => hostId === session.hostId && from <= end && until >= decided,
  );
  if (wasAway && failureKind(state) === 'host-gone') return 'host away';
  const sent = steps.findLast(({ entry }) => /-sent(-again)?$/.test(entry.what))?.storedAt ?? decided;
  const waitedMs = end - (state.is === 'not-sent' ? decided : sent);
  const least = patienceMs[state.is] ?? Number.POSITIVE_INFINITY;
  return waitedMs + furthestApartMs(clocks, decided, end) >= least ? 'clock' : undefined;
}

function failureKind(state: RequestState): string | undefined {
  if (state.is === 'unproven') return state.failure.kind;
  return state.is === 'not-sent' && state.why.is === 'unread' ? state.why.failure.kind : undefined;
}
