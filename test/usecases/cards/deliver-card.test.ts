import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import type { ChannelFailure } from '../../../src/ports/channel.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { aHostState, aRequest, anAlert, minute, noon } from '../../support/build.ts';
import type { Around } from '../../support/calls.ts';
import { aroundCalls, Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';

const second = 1000;
const key: CardKey = { card: 'alert', id: 'alert-1' };
const due = { kind: 'card', key } as const;

async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts();
  await remember(ports, aHostState(), [anAlert()]);
  return ports;
}

/** Moves the alert on to its next version. */
async function change(ports: Ports, changes: Partial<Alert>): Promise<void> {
  const alert = await ports.alerts.get('alert-1');
  if (alert) await remember(ports, aHostState(), [{ ...alert, ...changes }]);
}

const ended: Partial<Alert> = { state: { is: 'ended', checkedAt: noon } };
const shownAlerts = ({ channel }: MemoryPorts) =>
  channel.messages.map(({ content }) => (content.card === 'alert' ? content.alert : undefined));
const isDue = async ({ due: dues, time }: MemoryPorts, now = time.now) =>
  (await dues.by(now, 9)).some((item) => JSON.stringify(item) === JSON.stringify(due));

describe('a reply in the thread of an alert', () => {
  const until = noon + minute;
  const woken = { is: 'woken', by: 'U0ALICE', at: noon, until, reason: 'backup runs' } as const;
  const wake: CardKey = { ...key, card: 'alert-wake', at: until };
  const shown = ({ channel }: MemoryPorts) => channel.messages.map(({ content }) => content.card);

  it('waits for the message that it replies to', async () => {
    const ports = await world();
    await change(ports, { handling: woken });
    await deliverCard(ports, wake);
    expect(ports.channel.calls).toEqual({ post: 0, update: 0 });
    await deliverCard(ports, key);
    await deliverCard(ports, wake);
    expect(ports.channel.messages).toMatchObject([
      { content: { card: 'alert' } },
      {
        place: { channel: 'C0ALERTS', thread: 'message-1' },
        content: { card: 'alert-wake', snooze: { by: 'U0ALICE', until } },
      },
    ]);
  });

  it('comes again soon while that message is not there, and not all the time', async () => {
    const ports = await world();
    await change(ports, { handling: woken });
    await deliverCard(ports, wake);
    const item = { kind: 'card', key: wake };
    expect(await ports.due.by(noon, 9)).not.toContainEqual(item);
    expect(await ports.due.by(noon + 5 * second, 9)).toContainEqual(item);
  });

  it('does not call anybody where somebody was faster', async () => {
    const ports = await world();
    await change(ports, { handling: woken });
    await change(ports, { handling: { is: 'acknowledged', by: 'U0BOB', at: noon } });
    await deliverCard(ports, key);
    await deliverCard(ports, wake);
    expect(shown(ports)).toEqual(['alert']);
    expect(await ports.due.by(noon + minute, 9)).not.toContainEqual({ kind: 'card', key: wake });
  });

  it('comes for each snooze, and each rings by being a message of its own', async () => {
    const ports = await world();
    await deliverCard(ports, key);
    for (const end of [until, until + minute]) {
      await change(ports, { handling: { ...woken, until: end } });
      await deliverCard(ports, { ...key, card: 'alert-wake', at: end });
    }
    expect(shown(ports)).toEqual(['alert', 'alert-wake', 'alert-wake']);
  });

  it('tells the steps in one message, which is edited', async () => {
    const ports = await world();
    const steps: CardKey = { ...key, card: 'alert-steps' };
    await deliverCard(ports, key);
    await change(ports, { steps: [{ did: 'acknowledged', by: 'U0BOB', at: noon }] });
    await deliverCard(ports, steps);
    await change(ports, ended);
    await deliverCard(ports, steps);
    expect(shown(ports)).toEqual(['alert', 'alert-steps']);
    expect(ports.channel.messages[1]?.content).toMatchObject({ alert: { state: { is: 'ended' } } });
  });

  it('is not posted anew when somebody deletes it', async () => {
    const ports = await world();
    await change(ports, { handling: woken });
    await deliverCard(ports, key);
    await deliverCard(ports, wake);
    const reply = ports.channel.messages[1];
    if (reply) ports.channel.remove(reply.ref);
    await change(ports, { seenAt: noon + 1 });
    await deliverCard(ports, wake);
    expect(shown(ports)).toEqual(['alert']);
  });
});

describe('a card', () => {
  it('in a channel that another company reads is in trouble until that is over', async () => {
    const ports = await world();
    ports.channel.failNext({ ok: false, why: 'shared-channel' });
    await deliverCard(ports, key);
    expect(await ports.cards.inTrouble()).toMatchObject([{ key, trouble: { code: 'shared-channel' } }]);
    ports.time.now += minute;
    await deliverCard(ports, key);
    expect(await ports.cards.inTrouble()).toEqual([]);
  });

  it('is posted to the channel of its kind, with what its view needs', async () => {
    const ports = await world();
    await deliverCard(ports, key);
    expect(ports.channel.messages).toMatchObject([
      {
        place: { channel: 'C0ALERTS' },
        content: { card: 'alert', alert: { id: 'alert-1' }, approval: 'required' },
      },
    ]);
    expect(await ports.cards.get(key)).toMatchObject({ shown: 1, message: { message: 'message-1' } });
    expect(await ports.cards.get(key)).not.toHaveProperty('posting');
    expect(await isDue(ports)).toBe(false);
  });

  it('is left alone while it shows its subject as it is', async () => {
    const ports = await world();
    await deliverCard(ports, key);
    await deliverCard(ports, key);
    expect(ports.channel.calls).toEqual({ post: 1, update: 0 });
  });

  it('is edited once for many changes', async () => {
    const ports = await world();
    await deliverCard(ports, key);
    await change(ports, { seenAt: noon + 1 });
    await change(ports, ended);
    await deliverCard(ports, key);
    expect(ports.channel.calls).toEqual({ post: 1, update: 1 });
    expect(shownAlerts(ports)).toMatchObject([{ version: 3, state: { is: 'ended' } }]);
    expect(await isDue(ports)).toBe(false);
  });

  it.each<[CardKey['card'], RequestState, object]>([
    ['request', { is: 'pending' }, { place: { channel: 'C0APPROVE' }, content: { card: 'request' } }],
    ['outcome', { is: 'expired', at: noon }, { place: { user: 'U0ASKER' }, content: { card: 'outcome' } }],
  ])('%s of a request goes where it belongs', async (card, state, expected) => {
    const ports = memoryPorts();
    const request = aRequest({ state });
    await ports.requests.open(request, auditOfRequest(request, noon));
    await deliverCard(ports, { card, id: request.id });
    expect(ports.channel.messages).toMatchObject([expected]);
  });

  it('of a subject that is not there is nothing', async () => {
    const ports = memoryPorts();
    await deliverCard(ports, key);
    await deliverCard(ports, { card: 'request', id: 'never' });
    expect(ports.channel.calls).toEqual({ post: 0, update: 0 });
  });

  it('shows a change that came while it was posted', async () => {
    const ports = await world();
    const changing = aroundCalls(ports, async (name, call) => {
      const result = await call();
      if (name === 'channel.post') await change(ports, ended);
      return result;
    });
    await deliverCard(changing, key);
    await settle(ports, 10 * second);
    expect(shownAlerts(ports)).toMatchObject([{ state: { is: 'ended' } }]);
    expect(ports.channel.calls).toEqual({ post: 1, update: 1 });
  });
});

describe('a message that somebody deleted', () => {
  async function withDeleted(changes: Partial<Alert>): Promise<MemoryPorts> {
    const ports = await world();
    await deliverCard(ports, key);
    const [message] = ports.channel.messages;
    if (message) ports.channel.remove(message.ref);
    await change(ports, changes);
    await deliverCard(ports, key);
    return ports;
  }

  it('is posted anew when it still asks for something', async () => {
    const ports = await withDeleted({ seenAt: noon + 1 });
    expect(shownAlerts(ports)).toMatchObject([{ version: 2 }]);
    expect(await isDue(ports)).toBe(false);
  });

  it('stays deleted when nothing is left to ask', async () => {
    const ports = await withDeleted(ended);
    expect(ports.channel.messages).toEqual([]);
    expect(await isDue(ports)).toBe(false);
  });
});

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

describe('a delivery that is cut off', () => {
  const calls = Array.from({ length: 10 }, (_, call) => call);
  const cuts = calls.flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);
  const lostAnswers = ({ lines }: MemoryPorts) =>
    lines.filter(({ event }) => event === 'posts again, the answer to an earlier post was lost').length;

  it.each(cuts)(
    '$when call $call shows one message, or says that an answer was lost',
    async ({ call, when }) => {
      const ports = await world();
      await deliverCard(dyingAt(ports, call, when), key).catch(diedOnly);
      await change(ports, ended);
      await settle(ports, minute);
      const shown = shownAlerts(ports);
      expect(shown.at(-1)).toMatchObject({ state: { is: 'ended' } });
      expect(shown.length - 1).toBeLessThanOrEqual(lostAnswers(ports));
      expect(await isDue(ports)).toBe(false);
    },
  );

  it.each(cuts)(
    '$when call $call of an edit leaves the next one to show the truth',
    async ({ call, when }) => {
      const ports = await world();
      await deliverCard(ports, key);
      await change(ports, { seenAt: noon + 1 });
      await deliverCard(dyingAt(ports, call, when), key).catch(diedOnly);
      await change(ports, ended);
      await settle(ports, minute);
      expect(shownAlerts(ports)).toMatchObject([{ version: 3, state: { is: 'ended' } }]);
      expect(await isDue(ports)).toBe(false);
    },
  );

  function diedOnly(error: unknown): undefined {
    if (!(error instanceof Died)) throw error;
  }
});

describe('an edit that reaches Slack after a newer one', () => {
  /** Delivers the second version while `meanwhile` happens just before its edit is carried out. */
  async function late(
    ports: MemoryPorts,
    meanwhile: () => Promise<unknown>,
    around: Around = async (_name, call) => call(),
  ): Promise<void> {
    await deliverCard(ports, key);
    await change(ports, { seenAt: noon + 1 });
    let isFirst = true;
    const slow = aroundCalls(ports, async (name, call) => {
      if (name === 'channel.update' && isFirst) {
        isFirst = false;
        await meanwhile();
      }
      return around(name, call);
    });
    await deliverCard(slow, key);
    await settle(ports, minute);
  }
  const newer = async (ports: MemoryPorts) => {
    await change(ports, ended);
    // For less nobody edits beside it.
    ports.time.now += 4 * second;
    await deliverCard(ports, key);
  };
  const truth = [{ version: 3, state: { is: 'ended' } }];

  it('is made once more with the truth', async () => {
    const ports = await world();
    await late(ports, async () => newer(ports));
    expect(shownAlerts(ports)).toMatchObject(truth);
  });

  it('is made once more though its answer was lost', async () => {
    const ports = await world();
    await late(
      ports,
      async () => newer(ports),
      async (name, call) => {
        const answer = await call();
        return name === 'channel.update' ? { ok: false, why: 'unsure' } : answer;
      },
    );
    expect(shownAlerts(ports)).toMatchObject(truth);
  });

  it('is made once more though somebody else stores an edit of theirs at the same moment', async () => {
    const ports = await world();
    let reads = 0;
    await late(
      ports,
      async () => newer(ports),
      async (name, call) => {
        const answer = await call();
        if (name === 'cards.get') reads += 1;
        if (name === 'cards.get' && reads === 2) {
          const card = await ports.cards.get(key);
          await ports.cards.save(card);
        }
        return answer;
      },
    );
    expect(shownAlerts(ports)).toMatchObject(truth);
  });
});

describe('replicas that deliver one card', () => {
  /** Several replicas get a hint while the alert changes twice. `lost` is the call to Slack whose answer is lost. */
  async function deliverAtOnce(
    scheduler: fc.Scheduler,
    isPosted: boolean,
    lost?: number,
  ): Promise<MemoryPorts> {
    const ports = await world();
    if (isPosted) await deliverCard(ports, key);
    let calls = 0;
    const losing = aroundCalls(ports, async (name, call) => {
      const answer = await call();
      if (!name.startsWith('channel.')) return answer;
      calls += 1;
      return calls === lost ? ({ ok: false, why: 'unsure' } satisfies ChannelFailure) : answer;
    });
    const replica = interleaved(losing, scheduler);
    const changes = async () => {
      await change(replica, { seenAt: noon + 1 });
      await change(replica, ended);
    };
    const deliveries = Array.from({ length: 3 }, async () => {
      await scheduler.schedule(Promise.resolve(), 'a hint arrives');
      await deliverCard(replica, key);
    });
    await scheduler.waitFor(Promise.all([changes(), ...deliveries]));
    await settle(ports, 2 * minute);
    return ports;
  }

  it('post once and end up with the truth', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, isPosted) => {
        const ports = await deliverAtOnce(scheduler, isPosted);
        expect(shownAlerts(ports)).toMatchObject([{ version: 3, state: { is: 'ended' } }]);
        expect(ports.channel.calls.post).toBe(1);
        expect(await isDue(ports)).toBe(false);
      }),
      runs(200),
    );
  });

  it('end up with the truth when an answer is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.boolean(),
        fc.integer({ min: 1, max: 4 }),
        async (scheduler, isPosted, lost) => {
          const ports = await deliverAtOnce(scheduler, isPosted, lost);
          expect(shownAlerts(ports).at(-1)).toMatchObject({ version: 3, state: { is: 'ended' } });
          expect(await isDue(ports)).toBe(false);
        },
      ),
      runs(500),
    );
  });
});
