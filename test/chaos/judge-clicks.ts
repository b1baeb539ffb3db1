import type { Redis } from 'ioredis';
import { auditTrail } from '../support/trail.ts';
import type { Ledger } from './ledger.ts';
import type { Remembered, Wrong } from './remembered.ts';

/** Every click that Slack was thanked for had its effect or an answer, and no request was decided twice. */
export async function judgeClicks(
  ledger: Ledger,
  { batches, requests }: Remembered,
  redis: Redis,
  wrong: Wrong,
) {
  const trail = await auditTrail(redis);
  const deeds = { 'Approve & disconnect': 'approved', Deny: 'denied', 'Cancel request': 'cancelled' };
  let lost = 0;
  for (const { requestId, by, verb, isAcknowledged, isAnswered } of ledger.clicks) {
    const what = `disconnect-${deeds[verb]}`;
    const members = batches.find(({ id }) => id === requestId)?.requestIds ?? [requestId];
    const hasEffect = trail.some(
      (entry) => members.includes(entry.requestId ?? '') && entry.by === by && entry.what === what,
    );
    if (!isAcknowledged || isAnswered || hasEffect) continue;
    lost += 1;
    wrong('click lost', `"${verb}" by ${by} on request ${requestId}`);
  }
  for (const { id } of requests) {
    const steps = trail.filter(({ requestId }) => requestId === id).map(({ what }) => what);
    // What waits for Azure can still be cancelled.
    const isEnd = (what: string, index: number) =>
      what === 'disconnect-cancelled' && steps.slice(0, index).includes('disconnect-waiting');
    const decisions = steps.filter(
      (what, index) => /-(?:approved|denied|cancelled|expired|overtaken)$/.test(what) && !isEnd(what, index),
    );
    if (decisions.length > 1) wrong('decided twice', `${id}: ${decisions.join()}`);
  }
  return {
    clicks: ledger.clicks.length,
    'clicks acknowledged without effect or answer': lost,
  };
}
