import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { MessageRef } from '../../../src/domain/cards/card.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { askSeveral } from '../../../src/usecases/requests/ask-several.ts';
import { noteAllUnasked } from '../../../src/usecases/requests/note-unasked.ts';
import { minute, noon } from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';
import { ask, asker, names, repaired, requestOf, told, world } from './unasked.ts';

describe('the word that nobody was asked', () => {
  const asked = [
    ['request', async (ports: MemoryPorts) => ask(ports), { card: 'request', id: 'id-1' }],
    [
      'batch',
      async (ports: MemoryPorts) => askSeveral(ports, { refs: names, by: asker, reason: 'left open' }),
      { card: 'batch', id: 'id-1' },
    ],
  ] as const;

  it.each(asked)('comes once for a %s, whoever dies and whoever delivers it', async (_, opens, key) => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.nat(30),
        fc.constantFrom('before' as const, 'after' as const),
        async (scheduler, call, when) => {
          const one = await world();
          const { ports } = one;
          await opens(ports);
          const whole = interleaved(ports, scheduler);
          const dying = dyingAt(whole, call, when);
          await scheduler.waitFor(
            Promise.all([
              deliverCard(dying, key)
                .then(async () => noteAllUnasked(dying))
                .catch(diedOnly),
              deliverCard(whole, key),
              noteAllUnasked(whole),
            ]),
          );
          await settle(ports, 2 * minute);
          await noteAllUnasked(ports);
          await settle(ports, 4000);
          expect(told(ports)).toEqual([[`${key.card === 'batch' ? 'batch-' : ''}unasked`, 'U0ASKER']]);
          await repaired({ ...one, ports });
          await noteAllUnasked(ports);
          await settle(ports, 4000);
          expect(told(ports)).toHaveLength(2);
          const ids = key.card === 'batch' ? ['id-2', 'id-3'] : ['id-1'];
          for (const { unasked } of await ports.requests.many(ids)) expect(unasked?.until).toBeDefined();
        },
      ),
      runs(60),
    );
  });

  it('is found again where a delivery was cut off before it', async () => {
    const { ports } = await world();
    await ask(ports);
    const key = { card: 'request', id: 'id-1' } as const;
    const message: MessageRef = { channel: 'C0APPROVE', message: '1' };
    const trouble = { code: 'is_archived', since: noon };
    await ports.cards.save({ ...(await ports.cards.get(key)), trouble });
    await noteAllUnasked(ports);
    expect(await requestOf(ports)).toMatchObject({ unasked: trouble });
    await ports.cards.save({ ...(await ports.cards.get(key)), message, shown: 1 });
    await noteAllUnasked(ports);
    expect(await requestOf(ports)).toMatchObject({ unasked: { until: noon } });
  });
});

function diedOnly(error: unknown): undefined {
  if (!(error instanceof Died)) throw error;
}
