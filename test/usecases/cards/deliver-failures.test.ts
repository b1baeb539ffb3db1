import { describe, expect, it } from '@jest/globals';
import type { ChannelFailure } from '../../../src/ports/channel.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { minute, noon } from '../../support/build.ts';
import { settle } from '../../support/settle.ts';
import { change, ended, isDue, key, second, shownAlerts, world } from './delivered.ts';

describe('a post that fails', () => {
  it.each<[ChannelFailure, number]>([
    [{ ok: false, why: 'rate-limited', retryAt: noon + 7 * second }, noon + 7 * second],
    [{ ok: false, why: 'unreachable' }, noon + 5 * second],
    [{ ok: false, why: 'message-gone' }, noon + 5 * second],
    [{ ok: false, why: 'refused', code: 'not_in_channel' }, noon + minute],
  ])('is made again when there is hope: %j', async (failure, again) => {
    const ports = await world();
    ports.channel.failNext(failure);
    await deliverCard(ports, key);
    expect(ports.channel.messages).toEqual([]);
    expect([await isDue(ports, again - 1), await isDue(ports, again)]).toEqual([false, true]);
    ports.time.now = again;
    await settle(ports, 10 * second);
    expect(ports.channel.messages).toHaveLength(1);
  });

  it('waits for what became of a call whose answer was lost, then posts again', async () => {
    const ports = await world();
    ports.channel.failNext({ ok: false, why: 'unsure' });
    await deliverCard(ports, key);
    ports.time.now = noon + 30 * second - 1;
    await deliverCard(ports, key);
    expect(ports.channel.calls.post).toBe(1);
    expect(await isDue(ports)).toBe(false);
    ports.time.now = noon + 30 * second;
    expect(await isDue(ports)).toBe(true);
    await deliverCard(ports, key);
    expect(ports.channel.calls.post).toBe(2);
    expect(ports.lines).toContainEqual(expect.objectContaining({ level: 'warn' }));
  });

  it('is trouble on record from the first refusal until it works again', async () => {
    const ports = await world();
    const refusal = (code: string): ChannelFailure => ({ ok: false, why: 'refused', code });
    ports.channel.failNext(refusal('not_in_channel'));
    await deliverCard(ports, key);
    ports.time.now = noon + minute;
    ports.channel.failNext(refusal('is_archived'));
    await deliverCard(ports, key);
    expect(await ports.cards.inTrouble()).toMatchObject([
      { key, trouble: { code: 'is_archived', since: noon } },
    ]);
    ports.time.now = noon + 2 * minute;
    await deliverCard(ports, key);
    expect(await ports.cards.inTrouble()).toEqual([]);
    expect(ports.channel.messages).toHaveLength(1);
  });
});

describe('an edit that fails', () => {
  it.each<[ChannelFailure, number]>([
    [{ ok: false, why: 'rate-limited', retryAt: noon + 7 * second }, noon + 7 * second],
    [{ ok: false, why: 'unreachable' }, noon + 5 * second],
    [{ ok: false, why: 'unsure' }, noon + 5 * second],
    [{ ok: false, why: 'refused', code: 'edit_window_closed' }, noon + minute],
  ])('is made again when there is hope: %j', async (failure, again) => {
    const ports = await world();
    await deliverCard(ports, key);
    await change(ports, ended);
    ports.channel.failNext(failure);
    await deliverCard(ports, key);
    expect([await isDue(ports, again - 1), await isDue(ports, again)]).toEqual([false, true]);
    ports.time.now = again;
    await settle(ports, 10 * second);
    expect(shownAlerts(ports)).toMatchObject([{ state: { is: 'ended' } }]);
    expect(await ports.cards.inTrouble()).toEqual([]);
  });
});
