import { isSilent } from '../../src/domain/alerts/silence.ts';
import type { CardContent } from '../../src/domain/cards/content.ts';
import type { CardKey } from '../../src/domain/cards/kinds.ts';
import {
  cardsOfAlert,
  cardsOfSilence,
  cardsOfOutage,
  cardsOfRequest,
} from '../../src/domain/cards/of-subject.ts';
import { tellsRequester } from '../../src/domain/requests/batch.ts';
import type { Remembered } from './remembered.ts';

export interface ExpectedCard {
  readonly key: CardKey;
  readonly content: CardContent;
  /** Another card may tell of it, or nobody had to hear. */
  readonly mayBeMissing?: boolean;
}

/** Every card that what is remembered asks for. */
export function expectedCards({
  alerts,
  batches,
  silences,
  outages,
  requests,
}: Remembered): readonly ExpectedCard[] {
  return [
    ...alerts.flatMap((alert) =>
      cardsOfAlert(alert).map((key): ExpectedCard => ({
        key,
        content: { card: 'alert', alert, approval: 'required' },
      })),
    ),
    ...silences.flatMap((silence) =>
      cardsOfSilence(silence).map((key): ExpectedCard => ({
        key,
        content: { card: 'silence', silence },
        mayBeMissing: silence.outageId !== undefined || !isSilent(silence),
      })),
    ),
    ...outages.flatMap((outage) =>
      cardsOfOutage(outage).map((key): ExpectedCard => ({ key, content: { card: 'outage', outage } })),
    ),
    ...requests
      .filter(({ batchId }) => batchId === undefined)
      .flatMap((request) =>
        cardsOfRequest(request)
          // By this policy no session has an owner, and nothing that goes wrong here keeps a channel from taking posts.
          .filter(({ card }) => card !== 'owner-told' && card !== 'unasked')
          .map((key): ExpectedCard => ({
            key,
            content:
              key.card === 'outcome'
                ? { card: 'outcome', request }
                : { card: 'request', request, approval: 'required' },
          })),
      ),
    ...batches.flatMap((batch): readonly ExpectedCard[] => {
      const members = batch.requestIds.flatMap((id) => requests.find((request) => request.id === id) ?? []);
      const { id } = batch;
      return [
        { key: { card: 'batch', id }, content: { card: 'batch', batch, members, approval: 'required' } },
        ...(tellsRequester(members)
          ? [
              {
                key: { card: 'batch-outcome', id },
                content: { card: 'batch-outcome', batch, members },
              } as const,
            ]
          : []),
      ];
    }),
  ];
}
