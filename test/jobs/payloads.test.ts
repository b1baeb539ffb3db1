import { describe, expect, it } from '@jest/globals';
import { digest, payloads, taskOf } from '../../src/jobs/payloads.ts';

const hostIds = Array.from({ length: 600 }, (_, index) => `/subscriptions/s/bastionhosts/host-${index}`);

describe('job payloads', () => {
  it('name the snooze whose end a reply tells of', () => {
    const key = { subject: 'alert', id: 'a1', role: 'wake-1764000000000' };
    expect(payloads.card.safeParse(key).data).toEqual({ card: 'alert-wake', id: 'a1', at: 1764000000000 });
    for (const role of ['wake-', 'wake-soon', 'wake-1.5', 'wakes']) {
      expect(payloads.card.safeParse({ ...key, role }).success).toBe(false);
    }
  });

  it('give every host an id of its own without a colon', () => {
    const ids = hostIds.map(digest);
    expect(new Set(ids).size).toBe(hostIds.length);
    expect(ids.filter((id) => !/^[0-9a-f]{24}$/.test(id))).toEqual([]);
  });

  it('tell the cards of one subject apart, and carry what their schemas expect', () => {
    const cards = (['request', 'outcome'] as const).map((card) =>
      taskOf({ kind: 'card', key: { card, id: 'r1' } }),
    );
    const request = taskOf({ kind: 'request', id: 'r1' });
    const alert = taskOf({ kind: 'alert', id: 'r1' });
    expect(new Set([...cards, request, alert].map(({ id }) => id)).size).toBe(4);
    expect(payloads.alert.safeParse(alert.payload).success).toBe(true);
    expect(cards.every(({ payload }) => payloads.card.safeParse(payload).success)).toBe(true);
    expect(payloads.request.safeParse(request.payload).success).toBe(true);
  });
});
