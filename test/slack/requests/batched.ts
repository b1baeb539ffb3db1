import type { DisconnectPolicy } from '../../../src/domain/policy/policy.ts';
import type { Batch } from '../../../src/domain/requests/batch.ts';
import type { DisconnectRequest, RequestState } from '../../../src/domain/requests/request.ts';
import { batchCard } from '../../../src/slack/requests/batch-card.ts';
import { aBatch, aRequest, aSession, minute, noon } from '../../support/build.ts';

export const batch = aBatch();
export const sending = {
  by: 'U0BOSS',
  decidedAt: noon + minute,
  sentAt: noon + minute + 2000,
  calls: 1,
} as const;
export const cardOf = (
  of: Batch,
  all: readonly DisconnectRequest[],
  approval: DisconnectPolicy['approval'] = 'required',
) => batchCard({ batch: of, members: all, approval });
export const gone = {
  is: 'gone',
  ...sending,
  checkedAt: noon + 3 * minute + 10_000,
} as const satisfies RequestState;
export const pending = { is: 'pending' } as const satisfies RequestState;

export function members(...states: readonly RequestState[]): readonly DisconnectRequest[] {
  return states.map((state, index) =>
    aRequest({
      id: `request-${index}`,
      batchId: batch.id,
      session: aSession({ sessionId: `session-${index}`, vm: { name: `vm-${index}` } }),
      state,
    }),
  );
}
