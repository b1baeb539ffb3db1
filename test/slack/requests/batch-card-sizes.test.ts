import { describe, expect, it } from '@jest/globals';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import { batchCard, batchOutcomeMessage } from '../../../src/slack/requests/batch-card.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { aBatch, aRequest, aSession, minute, noon } from '../../support/build.ts';
import { dana, fay, oneOf } from '../../support/origins.ts';
import { read } from '../kit/read.ts';
import { batch, cardOf, gone, members, pending, sending } from './batched.ts';

describe('a batch of which somebody came back', () => {
  const backAs = (ref: string): RequestState => ({
    ...gone,
    cameBack: { ref, session: aSession({ sessionId: ref, startedAt: noon + 4 * minute }) },
  });

  it('says of whom and when, and asks for the end of each new session once', () => {
    const { text, blocks } = cardOf(batch, members(backAs('ref-7'), gone, backAs('ref-7')));
    expect(text).toMatch(/: 2 gone and came back, 1 gone\.$/);
    expect(read({ blocks })).toContain(
      'azureuser on vm-2, SSH through bastion-prod, since 2026-11-23 11:00 UTC\nGone, checked 12:03:10 UTC, came back 12:04:00 UTC',
    );
    const asks = JSON.stringify(blocks).match(/"value":"ref-7"/g);
    expect(asks).toHaveLength(1);
    expect(blocks.at(-1)).toMatchObject({
      text: { text: 'azureuser on vm-web-1 came back' },
      accessory: { action_id: 'disconnect_ask', text: { text: 'Request disconnect' } },
    });
    expect(JSON.stringify(cardOf(batch, members(backAs('ref-7')), 'off').blocks)).not.toContain('ref-7');
  });

  it('names the command that shows the rest as it is called here', () => {
    const session = aSession({ vm: { name: 'm'.repeat(80) }, vmLogin: 'm'.repeat(80) });
    const all = Array.from({ length: 20 }, (_, index) =>
      aRequest({ session, state: { ...gone, cameBack: { ref: `reference-${index}`, session } } }),
    );
    const command = '/bastion-prod';
    const card = batchCard({
      batch: aBatch({ reason: '"'.repeat(500) }),
      members: all,
      approval: 'required',
      command,
    });
    expect(read(card)).toMatch(
      /No room here to end \d+ sessions that came back; \/bastion-prod sessions has them\./,
    );
  });

  it('says of whose sessions nobody is known to be the owner', () => {
    const [first, second, third] = ['a', 'b', 'c'].map((vm) =>
      aRequest({ id: vm, session: aSession({ vm: { name: vm } }) }),
    );
    const all = [first, second, third].flatMap((one) => one ?? []);
    const owners = new Map([
      ['a', { is: 'shared' }],
      ['b', { is: 'nobody' }],
      ['c', { is: 'one', id: 'U0FAY' }],
    ] as const);
    const card = batchCard({ batch: aBatch(), members: all, approval: 'required', owners });
    const shown = read(card);
    expect(shown).toMatch(/azureuser on a, .*, a shared login without an owner\n/);
    expect(shown).toMatch(/azureuser on b, .*, no owner known\n/);
    expect(shown).toMatch(/azureuser on c, .*, session of @U0FAY\n/);
    expect(`${card.text} ${JSON.stringify(card.blocks[0])}`).not.toMatch(/owner|U0FAY/);
  });

  it.each(['m'.repeat(80), '"'.repeat(80), '👩‍🚒'.repeat(20)])('is taken by Slack for twenty of %s', (name) => {
    const session = aSession({ vm: { name }, vmLogin: name, protocol: name });
    const all = Array.from({ length: 20 }, (_, index) =>
      aRequest({
        session,
        hostName: name,
        owner: 'U0OWNER0000',
        state: { ...gone, cameBack: { ref: `reference-${index}`, session } },
      }),
    );
    const { blocks } = cardOf(aBatch({ reason: '"'.repeat(500) }), all);
    expect(validateBlocks(blocks, 'message')).toEqual([]);
    expect(read({ blocks })).toMatch(
      /No room here to end \d+ sessions that came back; \/bastion sessions has them\./,
    );
  });

  it('fits into the question before it is approved, with what is true of Windows', () => {
    const names = ['a', 'b', 'c'].map((name) =>
      aSession({ vmLogin: name.repeat(80), vm: { name: name.repeat(80) } }),
    );
    const { blocks } = cardOf(
      batch,
      names.map((session) => aRequest({ session })),
    );
    expect(JSON.stringify(blocks)).toContain(
      'On Windows programs keep running and the person stays logged on."',
    );
  });
});

describe('twenty sessions on one card', () => {
  const failure = { kind: 'forbidden', action: '"'.repeat(4000), reference: '"'.repeat(4000) } as const;
  const states: readonly RequestState[] = [
    pending,
    { is: 'refused', ...sending, at: noon, failure },
    {
      is: 'approved',
      decidedAt: noon,
      waiting: { since: noon, failure, nextTryAt: noon, for: 'call', isSaid: false },
    },
    { is: 'not-sent', ...sending, at: noon, why: { is: 'unread', failure } },
  ];

  it.each(
    ['m'.repeat(80), '"'.repeat(4000), '👩‍🚒'.repeat(4000)].flatMap((name) =>
      states.map((state) => ({ name, state })),
    ),
  )('are taken by Slack, whatever they are called: $state.is', ({ name, state }) => {
    const session = aSession({
      vm: { name },
      vmLogin: name,
      protocol: name,
      startedAtFrom: 'reading',
      origin: oneOf({ entraUser: name, clientAddress: name }, fay, dana),
    });
    const all = Array.from({ length: 20 }, (_, index) =>
      aRequest({ id: `${index}`, session, hostName: name, owner: 'U0OWNER0000', state }),
    );
    const long = aBatch({ reason: name });

    for (const { blocks } of [cardOf(long, all), batchOutcomeMessage(long, all)]) {
      expect(validateBlocks(blocks, 'message')).toEqual([]);
      expect(read({ blocks }).match(/session of @U0OWNER0000/g)).toHaveLength(20);
    }
  });

  it('say that there is no room for all of it', () => {
    const { blocks } = cardOf(batch, members(...Array.from({ length: 20 }, () => states[1] ?? pending)));

    expect(read({ blocks })).toContain('There is no room here for more; the record has all of it.');
  });
});
