import type { AzureFailure } from '../../src/domain/hosts/azure-failure.ts';
import type { DisconnectRequest, RequestState } from '../../src/domain/requests/request.ts';
import type { NotSentReason } from '../../src/domain/requests/withheld.ts';
import type { TimedEntry } from '../support/trail.ts';
import type { Ledger } from './ledger.ts';
import type { SteppingClock } from './stepping-clock.ts';
import { furthestApartMs } from './stepping-clock.ts';

export interface Circumstances {
  readonly trail: readonly TimedEntry[];
  readonly ledger: Pick<Ledger, 'away'>;
  readonly clocks: readonly Pick<SteppingClock, 'steps'>[];
}

/**
 * Why an approved request may have ended with its session still open: Azure did not have the host, or a clock that was
 * put forward took away the time to wait. Undefined where it may not.
 */
export function excuseFor(
  { id, session, state }: DisconnectRequest,
  { clocks, ledger, trail }: Circumstances,
): 'host away' | 'clock' | undefined {
  const patience = patienceOf(state);
  if (!patience) return undefined;
  const steps = trail.filter(({ entry }) => entry.requestId === id);
  const storedAt = (what: string) =>
    steps.findLast(({ entry }) => entry.what === `disconnect-${what}`)?.storedAt;
  const decidedAt = storedAt('approved') ?? 0;
  const endedAt = storedAt(state.is) ?? 0;
  const wasAway = ledger.away.some(
    ({ hostId, from, until }) => hostId === session.hostId && from <= endedAt && until >= decidedAt,
  );
  if (wasAway && patience.failure?.kind === 'host-gone') return 'host away';
  const sentAt = storedAt('sent-again') ?? storedAt('sent') ?? decidedAt;
  const waitedMs = endedAt - (state.is === 'not-sent' ? decidedAt : sentAt);
  const apartMs = furthestApartMs(clocks, decidedAt, endedAt);
  return apartMs > 0 && waitedMs + apartMs >= patience.ms ? 'clock' : undefined;
}

/** How long the bot waits, by its clocks, before it gives up like this, and for what; undefined where it does not wait. */
function patienceOf(
  state: RequestState,
): { readonly ms: number; readonly failure?: AzureFailure } | undefined {
  if (state.is === 'still-there') return { ms: 60_000 };
  if (state.is === 'unproven') return { ms: 120_000, failure: state.failure };
  if (state.is !== 'not-sent' || !isOfTime[state.why.is]) return undefined;
  return { ms: 120_000, ...('failure' in state.why && { failure: state.why.failure }) };
}

/** Whether a request was given up since its time was over. */
const isOfTime: Readonly<Record<NotSentReason['is'], boolean>> = {
  'too-late': true,
  unread: true,
  'not-taken': true,
  'ended-by-itself': false,
  changed: false,
  'hourly-limit': false,
  'switched-off': false,
  'approval-required': false,
  'right-lost': false,
  'not-second': false,
  'right-unknown': true,
};
