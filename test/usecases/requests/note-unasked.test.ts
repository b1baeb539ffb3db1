import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { MessageRef } from '../../../src/domain/cards/card.ts';
import type { ChannelFailure } from '../../../src/ports/channel.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import { askDisconnect } from '../../../src/usecases/requests/ask-disconnect.ts';
import { askSeveral } from '../../../src/usecases/requests/ask-several.ts';
import { noteAllUnasked } from '../../../src/usecases/requests/note-unasked.ts';
import { reviewDisconnect } from '../../../src/usecases/requests/review-request.ts';
import { aHostState, aPolicy, aSession, aTrackedSession, minute, noon } from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { KeptChannel, MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';

interface World {
  readonly ports: MemoryPorts;
  /** Why Slack refuses posts in the approvals channel, while it does. */
  readonly approvals: { refuses?: ChannelFailure; tries: number };
}

const archived = { ok: false, why: 'refused', code: 'is_archived' } as const;
const asker = { id: 'U0ASKER' };
const names = ['a', 'b'];

/** Two open sessions, and an approvals channel that takes no posts. */
async function world(refuses: ChannelFailure = archived): Promise<World> {
  const bare = memoryPorts();
  const approvals: World['approvals'] = { refuses, tries: 0 };
  const channel: KeptChannel = {
    ...bare.channel,
    post: async (place, content) => {
      if (!('channel' in place) || place.channel !== 'C0APPROVE') return bare.channel.post(place, content);
      approvals.tries += 1;
      return approvals.refuses ?? bare.channel.post(place, content);
    },
  };
  const ports = { ...bare, channel };
  const trackedSessions = names.map((name) =>
    aTrackedSession({ ref: name, session: aSession({ sessionId: name, vm: { name: `vm-${name}` } }) }),
  );
  await remember(ports, aHostState({ trackedSessions }));
  return { ports, approvals };
}

const ask = async (ports: MemoryPorts, ref = 'a', by = asker) =>
  askDisconnect(ports, { ref, by, reason: 'left open' });
const requestOf = async ({ requests }: MemoryPorts, id = 'id-1') => requests.get(id);
const told = ({ channel }: MemoryPorts) =>
  channel.messages.map(({ content, place }) => [content.card, 'user' in place ? place.user : place.channel]);
const audited = ({ trail }: MemoryPorts) =>
  trail.filter(({ what }) => what.startsWith('approvers-')).map(({ what, why }) => [what, why]);
const repaired = async ({ ports, approvals }: World) => {
  delete approvals.refuses;
  await settle(ports, 2 * minute);
};

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
