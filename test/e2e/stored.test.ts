import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scene } from '../support/scene.ts';
import { openScene } from '../support/scene.ts';
import { rowsUnder } from '../support/tables.ts';
import { untilReads } from '../support/world.ts';

const rows = rowsUnder(readFileSync('SECURITY.md', 'utf8'), 'What is stored about people').map(
  ([families = '', , , keptFor = '']) => ({ families: families.split(', '), keptFor }),
);
const msOf: Readonly<Record<string, number>> = { day: 86_400_000, hour: 3_600_000, minute: 60_000 };

/** Undefined where the table names no length. */
function longestMs(keptFor: string): number | undefined {
  const [, count, unit] = /(\d+) (day|hour|minute)s?/.exec(keptFor) ?? [];
  const unitMs = msOf[unit ?? ''];
  return unitMs === undefined ? undefined : Number(count) * unitMs;
}

describe('what lies in Redis after a request, a refusal and an ending', () => {
  let scene: Scene;
  let keys: readonly { readonly tag: string; readonly family: string; readonly leftMs: number }[];

  beforeAll(async () => {
    scene = await openScene();
    await scene.alice.openHome();
    await scene.carol.command('/bastion sessions');
    await scene.carol.press(scene.card, 'Approve & disconnect');
    await scene.bob.press(scene.card, 'Approve & disconnect');
    await untilReads(scene.world, 'C0APPROVE', scene.bob, /Gone, checked/);
    await untilReads(scene.world, 'C0ALERTS', scene.bob, /vm-db-1.*ended|ended.*vm-db-1/is);
    const found = (await scene.direct.keys('*')).map(async (key) => {
      const [tag = '', family = ''] = key.split(':');
      return { tag, family, leftMs: await scene.direct.pttl(key) };
    });
    const all = await Promise.all(found);
    keys = all.filter(({ leftMs }) => leftMs !== -2);
  });
  afterAll(async () => scene.stop());

  it('is of the families that SECURITY.md names', () => {
    const named = rows.flatMap(({ families }) => families);
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter(({ tag }) => tag !== '{bastion}')).toEqual([]);
    expect(keys.filter(({ family }) => !named.includes(family))).toEqual([]);
  });

  it('goes by itself no later than it says', () => {
    for (const { families, keptFor } of rows) {
      const atMostMs = longestMs(keptFor) ?? Infinity;
      const ours = keys.filter(({ family }) => families.includes(family));
      expect(ours.filter(({ leftMs }) => leftMs > atMostMs)).toEqual([]);
      // A stream and a sorted set go entry by entry; the rest of what has a length has an end.
      if (atMostMs === Infinity || /while/.test(keptFor)) continue;
      const endless = ours.filter(({ leftMs }) => leftMs === -1).map(({ family }) => family);
      expect(endless.filter((family) => !['audit', 'refusals'].includes(family))).toEqual([]);
    }
  });
});
