import { describe, expect, it } from '@jest/globals';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { findMoved } from '../../../src/usecases/cards/find-moved.ts';
import { minute } from '../../support/build.ts';
import { Died, dyingAt } from '../../support/calls.ts';
import { settle } from '../../support/settle.ts';
import { after, dueCards, elsewhere, key, round, sorted, world } from './moved.ts';

const steps: CardKey = { card: 'alert-steps', id: 'alert-1' };

describe('a move that is cut off', () => {
  const cuts = Array.from({ length: 30 }, (_, call) => call).flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);

  it.each(cuts)('$when call $call is made whole by the next round', async ({ call, when }) => {
    const ports = await world();
    ports.channel.mayRead = true;
    const moved = elsewhere(ports);
    const dying = dyingAt(moved, call, when);
    try {
      await findMoved(dying, { refusedToo: true });
      await deliverCard(dying, key);
      await deliverCard(dying, steps);
    } catch (error) {
      if (!(error instanceof Died)) throw error;
    }
    await settle(moved, 2 * minute);
    await round(moved);
    await round(moved);
    expect(sorted(ports)).toEqual(after);
    expect(await dueCards(ports)).toEqual([]);
  });
});
