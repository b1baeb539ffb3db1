import { describe, expect, it } from '@jest/globals';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import { batchOutcomeMessage } from '../../../src/slack/requests/batch-card.ts';
import { aRequest, minute, noon } from '../../support/build.ts';
import { dana, exactly, fay, oneOf } from '../../support/origins.ts';
import { read, withDates } from '../kit/read.ts';
import { batch, cardOf, gone, members, pending, sending } from './batched.ts';

const refused: RequestState = {
  is: 'refused',
  ...sending,
  at: noon + 2 * minute,
  failure: { kind: 'forbidden', action: 'end/action' },
};

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
