import { describe, expect, it } from '@jest/globals';
import type { Turn } from '../../src/domain/cards/turn.ts';
import type { RateLimiter } from '../../src/ports/rate-limiter.ts';
import { eventually } from '../support/eventually.ts';

/** Two replicas, which need not be two. */
export type NewRateLimiters = () => Promise<readonly [RateLimiter, RateLimiter]>;

const decision = (card: string, of?: string): Turn => ({
  card,
  urgency: 'decision',
  ...(of !== undefined && { of }),
});
const several = (owner: string, count: number) =>
  Array.from({ length: count }, (_, index) => decision(`${owner}${index + 1}`, owner));

export function rateLimiterContract(newRateLimiters: NewRateLimiters): void {
  describe('cards that wait for one lane', () => {
    /** In the order in which they pass; each asks once, in this order, and then again and again. */
    async function passing(turns: readonly Turn[], ask: (turn: Turn, index: number) => Promise<number>) {
      const passed: string[] = [];
      const askAll = async () => {
        for (const [index, turn] of turns.entries()) {
          if (passed.includes(turn.card)) continue;
          if ((await ask(turn, index)) === 0) passed.push(turn.card);
        }
        return passed.length === turns.length;
      };
      await eventually('all have passed', askAll);
      return passed.join(' ');
    }

    async function inTheLane(turns: readonly Turn[]): Promise<string> {
      const rateLimiters = await newRateLimiters();
      return passing(turns, async (turn, index) => rateLimiters[index % 2 === 0 ? 0 : 1].take('looks', turn));
    }

    it('pass in the order in which they came, where they are nobody’s', async () => {
      expect(await inTheLane(['a', 'b', 'c', 'd'].map((card) => decision(card)))).toBe('a b c d');
    });

    it('let a colleague’s card pass before a third one of whoever came with many', async () => {
      expect(await inTheLane([...several('A', 5), decision('B1', 'B')])).toBe('A1 A2 B1 A3 A4 A5');
    });

    it('pass by turns of their people, however many each of them has', async () => {
      const all = [...several('A', 3), ...several('B', 3), ...several('C', 2)];
      expect(await inTheLane(all)).toBe('A1 A2 B1 C1 A3 B2 C2 B3');
    });

    it('pass by their urgency first, whosever they are', async () => {
      const upkeep = { card: 'A0', urgency: 'upkeep', of: 'A' } as const;
      const ending = { card: 'B0', urgency: 'ending' } as const;
      expect(await inTheLane([decision('first'), upkeep, ending, ...several('A', 2)])).toBe(
        'first A1 A2 B0 A0',
      );
    });

    it('come back when it may be their turn: nobody waits for all that somebody else has', async () => {
      const [one, two] = await newRateLimiters();
      const waits: number[] = [];
      for (const turn of several('A', 12)) waits.push(await one.take('looks', turn));
      const colleague = await two.take('looks', decision('B1', 'B'));
      const last = await two.take('looks', decision('A13', 'A'));
      expect(waits[1]).toBeLessThanOrEqual(240 + 1);
      expect(waits[2]).toBeLessThanOrEqual(2 * 240 + 1);
      expect(colleague).toBeLessThanOrEqual(2 * 240 + 1);
      expect(last).toBeGreaterThan(10 * 240);
    });

    it('keep nobody waiting who comes, where those before them do not come back', async () => {
      const [one, two] = await newRateLimiters();
      for (const turn of several('A', 4)) await one.take('looks', turn);
      await eventually('it passes', async () => (await two.take('looks', decision('B1', 'B'))) === 0);
      expect(await one.take('looks', decision('A2', 'A'))).toBeGreaterThan(0);
    });
  });
}
