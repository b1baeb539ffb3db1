import { describe, expect, it } from '@jest/globals';
import type { DisconnectPolicy } from '../../../src/domain/policy/policy.ts';
import type { Batch } from '../../../src/domain/requests/batch.ts';
import type { DisconnectRequest, RequestState } from '../../../src/domain/requests/request.ts';
import { batchCard, batchOutcomeMessage } from '../../../src/slack/requests/batch-card.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { aBatch, aRequest, aSession, minute, noon } from '../../support/build.ts';
import { dana, exactly, fay, oneOf } from '../../support/origins.ts';
import { read, withDates } from '../kit/read.ts';

const batch = aBatch();
const sending = { by: 'U0BOSS', decidedAt: noon + minute, sentAt: noon + minute + 2000, calls: 1 } as const;
const cardOf = (
  of: Batch,
  all: readonly DisconnectRequest[],
  approval: DisconnectPolicy['approval'] = 'required',
) => batchCard({ batch: of, members: all, approval });
const gone: RequestState = { is: 'gone', ...sending, checkedAt: noon + 3 * minute + 10_000 };
const pending: RequestState = { is: 'pending' };
const refused: RequestState = {
  is: 'refused',
  ...sending,
  at: noon + 2 * minute,
  failure: { kind: 'forbidden', action: 'end/action' },
};

function members(...states: readonly RequestState[]): readonly DisconnectRequest[] {
  return states.map((state, index) =>
    aRequest({
      id: `request-${index}`,
      batchId: batch.id,
      session: aSession({ sessionId: `session-${index}`, vm: { name: `vm-${index}` } }),
      state,
    }),
  );
}

describe('the card of a batch', () => {
  it('says who asks, why, for which sessions and until when', () => {
    const [first = aRequest(), ...others] = members(pending, pending, pending);
    const { text, blocks } = cardOf(batch, [{ ...first, owner: 'U0OWNER' }, ...others]);

    expect(read({ blocks })).toBe(
      `@U0ASKER asks to disconnect 3 sessions: azureuser on vm-0, azureuser on vm-1 and 1 more
---
Waiting for approval
Expires 2026-11-23 12:30 UTC. Nothing is sent before somebody approves.
---
Asked by: @U0ASKER, 2026-11-23 12:00 UTC
To disconnect: 3 sessions
Reason: left open over lunch
---
azureuser on vm-0, SSH through bastion-prod, since 2026-11-23 11:00 UTC, session of @U0OWNER
azureuser on vm-1, SSH through bastion-prod, since 2026-11-23 11:00 UTC
azureuser on vm-2, SSH through bastion-prod, since 2026-11-23 11:00 UTC
---
[Approve & disconnect] [Deny] [Cancel request]`,
    );
    expect(text).toBe(
      '<@U0ASKER> asks to disconnect 3 sessions: azureuser on vm-0, azureuser on vm-1 and 1 more.',
    );
  });

  it('says in short who is behind each', () => {
    const [first = aRequest(), second = aRequest()] = members(pending, pending);
    const { blocks } = cardOf(batch, [
      { ...first, session: { ...first.session, origin: exactly(fay) } },
      { ...second, session: { ...second.session, origin: oneOf(fay, dana) } },
    ]);
    expect(read({ blocks })).toContain(
      'azureuser on vm-0, SSH through bastion-prod, since 2026-11-23 11:00 UTC · from 203.0.113.7 · Entra user fay@corp.example\n',
    );
    expect(read({ blocks })).toContain(
      'UTC · Entra user one of: fay@corp.example from 203.0.113.7, dana@corp.example from 198.51.100.4\n',
    );
  });

  it('carries the batch in its buttons, and says once more what will end', () => {
    expect(cardOf(batch, members(pending, pending)).blocks.at(-1)).toMatchObject({
      elements: [
        {
          value: 'batch-1',
          accessibility_label: 'Approve & disconnect: 2 sessions',
          confirm: {
            title: { text: 'Disconnect 2 sessions?' },
            text: {
              text: 'azureuser on vm-0, azureuser on vm-1: the connection is lost at once and nobody is asked. On Windows programs keep running and the person stays logged on.',
            },
          },
        },
        { value: 'batch-1', accessibility_label: 'Deny to disconnect 2 sessions' },
        { value: 'batch-1', accessibility_label: 'Cancel request to disconnect 2 sessions' },
      ],
    });
  });

  it('says what became of each, why something went wrong, and who decided', () => {
    const { text, blocks } = cardOf(batch, members(gone, refused, gone));

    expect(read({ blocks })).toBe(
      `3 sessions (azureuser on vm-0, azureuser on vm-1 and 1 more): 2 gone, 1 refused by Azure
---
Approved by @U0BOSS, 2026-11-23 12:01 UTC.
---
Asked by: @U0ASKER, 2026-11-23 12:00 UTC
To disconnect: 3 sessions
Reason: left open over lunch
---
azureuser on vm-0, SSH through bastion-prod, since 2026-11-23 11:00 UTC
Gone, checked 12:03:10 UTC
azureuser on vm-1, SSH through bastion-prod, since 2026-11-23 11:00 UTC
Refused by Azure, 2026-11-23 12:02 UTC
Azure did not end the session. What went wrong: the bot lacks the right end/action. Add it to a role that the bot's identity has on the host's subscription.
azureuser on vm-2, SSH through bastion-prod, since 2026-11-23 11:00 UTC
Gone, checked 12:03:10 UTC`,
    );
    expect(withDates(text)).toBe(
      '3 sessions (azureuser on vm-0, azureuser on vm-1 and 1 more): 2 gone, 1 refused by Azure.',
    );
  });

  it('says what waits for Azure, which can still be cancelled', () => {
    const failure = { kind: 'busy' } as const;
    const waiting = { since: noon, failure, nextTryAt: noon, for: 'call', isSaid: false } as const;
    const { by, decidedAt } = sending;
    const waits: RequestState = { is: 'approved', by, decidedAt, waiting };
    const { blocks } = cardOf(batch, members(gone, waits));
    expect(read({ blocks })).toContain('1 gone, 1 waiting for Azure\n');
    expect(read({ blocks })).toContain(
      'Approved, waiting for Azure since 2026-11-23 12:00 UTC\nWhat went wrong: another operation is changing the host.',
    );
    expect(blocks.at(-1)).toMatchObject({
      elements: [
        { action_id: 'batch_cancel', accessibility_label: 'Cancel request to disconnect 1 session' },
      ],
    });
    expect(cardOf(batch, members(pending, waits)).blocks.at(-1)).toMatchObject({
      elements: [
        { accessibility_label: 'Approve & disconnect: 1 session' },
        {},
        {
          accessibility_label: 'Cancel request to disconnect 2 sessions',
        },
      ],
    });
  });

  it('has its buttons for as long as one session waits, and counts those', () => {
    const { blocks } = cardOf(batch, members(gone, pending));

    expect(read({ blocks })).toContain('1 gone, 1 waiting for approval\n');
    expect(blocks.at(-1)).toMatchObject({
      elements: [{ accessibility_label: 'Approve & disconnect: 1 session' }, {}, {}],
    });
  });
});

describe('the message to who asked for several', () => {
  it('says in one what became of each', () => {
    const { text, blocks } = batchOutcomeMessage(batch, members(gone, gone));

    expect(text).toBe('2 sessions (azureuser on vm-0, azureuser on vm-1): 2 gone.');
    expect(read({ blocks })).toBe(
      `2 sessions (azureuser on vm-0, azureuser on vm-1): 2 gone
---
Approved by @U0BOSS, 2026-11-23 12:01 UTC.
---
Your request: disconnect 2 sessions
Reason: left open over lunch
---
azureuser on vm-0, SSH through bastion-prod, since 2026-11-23 11:00 UTC
Gone, checked 12:03:10 UTC
azureuser on vm-1, SSH through bastion-prod, since 2026-11-23 11:00 UTC
Gone, checked 12:03:10 UTC`,
    );
  });
});

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
