import { describe, expect, it } from '@jest/globals';
import type { ChannelFailure } from '../../../src/ports/channel.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import { askSeveral } from '../../../src/usecases/requests/ask-several.ts';
import { noteAllUnasked } from '../../../src/usecases/requests/note-unasked.ts';
import { reviewDisconnect } from '../../../src/usecases/requests/review-request.ts';
import { aPolicy, minute, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';
import { archived, ask, asker, names, repaired, requestOf, told, world } from './unasked.ts';

const audited = ({ trail }: MemoryPorts) =>
  trail.filter(({ what }) => what.startsWith('approvers-')).map(({ what, why }) => [what, why]);

describe('a request that Slack takes nowhere', () => {
  it.each<[string, ChannelFailure]>([
    ['is_archived', archived],
    ['restricted_action', { ok: false, why: 'refused', code: 'restricted_action' }],
    ['not_in_channel', { ok: false, why: 'refused', code: 'not_in_channel' }],
    ['channel_not_found', { ok: false, why: 'refused', code: 'channel_not_found' }],
    ['shared-channel', { ok: false, why: 'shared-channel' }],
  ])(
    'says that nobody was asked, to its requester too, within seconds and once: %s',
    async (code, failure) => {
      const { ports, approvals } = await world(failure);
      await ask(ports);
      await settle(ports, 4000);
      expect(await requestOf(ports)).toMatchObject({
        state: { is: 'pending' },
        unasked: { code, since: noon },
      });
      expect(told(ports)).toEqual([['unasked', 'U0ASKER']]);
      expect(audited(ports)).toEqual([['approvers-not-asked', code]]);
      expect(approvals.tries).toBe(1);
      expect(await ask(ports)).toMatchObject({ is: 'asked', refusedLately: code });
      await settle(ports, 4 * minute);
      expect(told(ports)).toEqual([['unasked', 'U0ASKER']]);
      expect(approvals.tries).toBeLessThanOrEqual(5);
    },
  );

  it.each<ChannelFailure>([
    { ok: false, why: 'unreachable' },
    { ok: false, why: 'rate-limited', retryAt: noon + minute },
  ])('is another matter while Slack is only slow: $why', async (failure) => {
    const { ports } = await world(failure);
    await ask(ports);
    await settle(ports, 20_000);
    await noteAllUnasked(ports);
    expect((await requestOf(ports))?.unasked).toBeUndefined();
    expect(told(ports)).toEqual([]);
  });

  it('is asked after all once the channel takes it, and its one message says so', async () => {
    const one = await world();
    const { ports } = one;
    await ask(ports);
    await settle(ports, 4000);
    await repaired(one);
    expect(told(ports)).toEqual([
      ['unasked', 'U0ASKER'],
      ['request', 'C0APPROVE'],
    ]);
    const { unasked } = (await requestOf(ports)) ?? {};
    expect(unasked?.until).toBeGreaterThan(noon);
    expect(ports.channel.messages).toMatchObject([
      { content: { request: { unasked: { until: unasked?.until } } } },
      { content: { request: { id: 'id-1' } } },
    ]);
    expect(ports.channel.messages[1]?.content).not.toHaveProperty('request.unasked');
    expect(audited(ports)).toEqual([
      ['approvers-not-asked', 'is_archived'],
      ['approvers-asked-late', undefined],
    ]);
  });

  it('is not spoken of where the channel took it before the requester heard', async () => {
    const { ports, approvals } = await world();
    await ask(ports);
    await deliverCard(ports, { card: 'request', id: 'id-1' });
    expect(await requestOf(ports)).toMatchObject({ unasked: { code: 'is_archived' } });
    delete approvals.refuses;
    await deliverCard(ports, { card: 'request', id: 'id-1' });
    await settle(ports, 2 * minute);
    expect(told(ports)).toEqual([['request', 'C0APPROVE']]);
  });

  it('expires as one that nobody was asked about', async () => {
    const { ports } = await world();
    await ask(ports);
    await settle(ports, 4000);
    ports.time.now = noon + 31 * minute;
    await advanceRequest(ports, 'id-1');
    await settle(ports, 4000);
    expect(told(ports)).toEqual([
      ['unasked', 'U0ASKER'],
      ['outcome', 'U0ASKER'],
    ]);
    const expired = { state: { is: 'expired' }, unasked: { code: 'is_archived' } };
    expect(ports.channel.messages).toMatchObject([
      { content: { request: expired } },
      { content: { request: expired } },
    ]);
  });

  it('can be decided elsewhere, which its message shows', async () => {
    const { ports } = await world();
    await ask(ports);
    await settle(ports, 4000);
    await reviewDisconnect(ports, { id: 'id-1', verb: 'cancel', by: asker });
    await settle(ports, 4000);
    expect(told(ports)).toEqual([['unasked', 'U0ASKER']]);
    expect(ports.channel.messages).toMatchObject([{ content: { request: { state: { is: 'cancelled' } } } }]);
  });

  it('stands so to whoever asks for the same session', async () => {
    const { ports } = await world();
    await ask(ports);
    await settle(ports, 4000);
    expect(await ask(ports, 'a', { id: 'U0OTHER' })).toMatchObject({
      is: 'already-asked',
      existing: { unasked: { code: 'is_archived' } },
    });
    expect(await ask(ports, 'b')).toMatchObject({ is: 'asked', refusedLately: 'is_archived' });
  });

  it('is not waited for where nobody has to approve', async () => {
    const { ports } = await world();
    const policy = aPolicy({ disconnect: { ...aPolicy().disconnect, approval: 'none' } });
    expect(await ask({ ...ports, policy })).not.toHaveProperty('refusedLately');
    await deliverCard({ ...ports, policy }, { card: 'request', id: 'id-1' });
    expect((await requestOf(ports))?.unasked).toBeUndefined();
  });

  it('is one message for a whole batch, before and after', async () => {
    const one = await world();
    const { ports } = one;
    await askSeveral(ports, { refs: names, by: asker, reason: 'left open' });
    await settle(ports, 4000);
    expect(told(ports)).toEqual([['batch-unasked', 'U0ASKER']]);
    const members = await ports.requests.many(['id-2', 'id-3']);
    expect(members.map(({ unasked }) => unasked?.code)).toEqual(['is_archived', 'is_archived']);
    await repaired(one);
    expect(told(ports)).toEqual([
      ['batch-unasked', 'U0ASKER'],
      ['batch', 'C0APPROVE'],
    ]);
    expect(ports.channel.messages[0]?.content).toMatchObject({
      members: [{ unasked: { until: expect.any(Number) } }, { unasked: { until: expect.any(Number) } }],
    });
  });
});
