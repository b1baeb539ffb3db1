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
    const decisions = trail.filter(
      ({ requestId, what }) => requestId === id && /-(?:approved|denied|cancelled|expired)$/.test(what),
    );
    if (decisions.length > 1) wrong('decided twice', `${id}: ${decisions.map(({ what }) => what).join()}`);
  }
  return {
    clicks: ledger.clicks.length,
    'clicks acknowledged without effect or answer': lost,
  };
}
