import { describe, expect, it } from '@jest/globals';
import type { DisconnectPolicy } from '../../../src/domain/policy/policy.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { requestCard } from '../../../src/slack/requests/card.ts';
import { outcomeMessage } from '../../../src/slack/requests/outcome.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { aRequest, aSession } from '../../support/build.ts';
import { dana, exactly, fay, oneOf } from '../../support/origins.ts';
import { read, withDates } from '../kit/read.ts';
import { approvedBy, checkedAt, head, sending, sentOnce } from './requested.ts';

describe('the card of a request for a session without a known owner', () => {
  it.each([
    ['nobody', 'Owner: nobody that the policy knows\n'],
    ['shared', 'Owner: nobody: a shared login\n'],
    ['not-named', 'Owner: nobody that Slack could name by what the policy and the audit log tell\n'],
  ] as const)('says so: %s', (is, said) => {
    const card = requestCard(aRequest(), 'required', { is });
    expect(read(card)).toContain(`Reason: left open over lunch\n${said}VM login: azureuser\n`);
    expect(`${card.text} ${JSON.stringify(card.blocks[0])}`).not.toContain('nobody');
  });
});

describe('the card of a pending request', () => {
  const { text, blocks } = requestCard(aRequest({ owner: 'U0OWNER' }), 'required');

  it('says who asks, why, for which session and until when', () => {
    expect(read({ blocks })).toBe(
      `@U0ASKER asks to disconnect azureuser on vm-web-1, open 1 h
---
Waiting for approval
Expires 2026-11-23 12:30 UTC. Nothing is sent before somebody approves.
---
Asked by: @U0ASKER, 2026-11-23 12:00 UTC
Reason: left open over lunch
Session of: @U0OWNER
VM login: azureuser
Machine: vm-web-1
Protocol: SSH
Bastion host: bastion-prod
Open since: 2026-11-23 11:00 UTC
---
[Approve & disconnect] [Deny] [Cancel request]`,
    );
    expect(text).toBe('<@U0ASKER> asks to disconnect azureuser on vm-web-1, open 1 h.');
  });

  it('says who is behind the session and from where, and no phone does', () => {
    const session = aSession({ vmLogin: 'fay@corp.example', origin: exactly(fay) });
    const card = requestCard(aRequest({ session }), 'required');
    expect(read(card)).toContain(
      'Entra user: fay@corp.example, exactly known\nClient address: 203.0.113.7, exactly known\n---\n',
    );
    expect(card.text).toContain('asks to disconnect fay on vm-web-1, open');
  });

  it.each(['m'.repeat(500), '"'.repeat(4000)])(
    'is taken by Slack, whoever and how many are behind it',
    (name) => {
      const candidates = Array.from({ length: 100 }, (_, index) => ({
        entraUser: `${index % 10}${name}`,
        clientAddress: `${index}${name}`,
      }));
      const vm = { name, address: name };
      const session = aSession({ vm, vmLogin: name, protocol: name, origin: oneOf(...candidates, dana) });
      const { blocks } = requestCard(
        aRequest({ session, hostName: name, reason: name, owner: 'U0OWNER' }),
        'required',
      );
      expect(validateBlocks(blocks, 'message')).toEqual([]);
    },
  );

  it('says who, where and how long within eighty characters, however long their names', () => {
    const session = aSession({ vmLogin: 'l'.repeat(80), vm: { name: 'm'.repeat(80) } });
    expect(requestCard(aRequest({ session }), 'required').text.slice(0, 80)).toMatch(
      /^<@U0ASKER> asks to disconnect l+… on m+…, open 1 h/,
    );
  });

  it('names the machine and the login once more before it is approved', () => {
    expect(blocks.at(-1)).toMatchObject({
      elements: [
        {
          value: 'request-1',
          confirm: {
            text: {
              type: 'plain_text',
              text: 'azureuser on vm-web-1 loses the connection at once and is not asked. On Windows programs keep running and the person stays logged on.',
            },
          },
        },
        { value: 'request-1', accessibility_label: 'Deny to disconnect: azureuser on vm-web-1' },
        { value: 'request-1', accessibility_label: 'Cancel request to disconnect: azureuser on vm-web-1' },
      ],
    });
  });
});

describe('the card of a request whose session was ended and whose login came back', () => {
  const session = aSession({ sessionId: 'session-2', startedAt: checkedAt + 10_000 });
  const state = { is: 'gone', ...sending, checkedAt, cameBack: { ref: 'ref-2', session } } as const;
  const cardWith = (approval: DisconnectPolicy['approval'], changes: Partial<Session> = {}) =>
    requestCard(
      aRequest({
        state: { ...state, cameBack: { ref: 'ref-2', session: { ...session, ...changes } } },
      }),
      approval,
    );

  it('says when, and asks for the end of the new session', () => {
    const { blocks } = cardWith('required');
    expect(head({ blocks })).toBe(
      `Gone, checked 12:03:10 UTC, came back 12:03:20 UTC\n${approvedBy}\n${sentOnce}`,
    );
    expect(blocks.at(-1)).toMatchObject({
      elements: [{ text: { text: 'Request disconnect' }, action_id: 'disconnect_ask', value: 'ref-2' }],
    });
  });

  it('ends it at once where the policy asks for no approval, and not where nothing can be ended', () => {
    expect(cardWith('none').blocks.at(-1)).toMatchObject({ elements: [{ text: { text: 'Disconnect' } }] });
    for (const { blocks } of [cardWith('off'), cardWith('required', { sessionId: '' })]) {
      expect(blocks.filter(({ type }) => type === 'actions')).toEqual([]);
    }
  });

  it('is no call for anything on the message to the requester, who reads it too', () => {
    const { text, blocks } = outcomeMessage(aRequest({ state }));
    expect(withDates(text)).toBe(
      'azureuser on vm-web-1: Gone, checked 12:03:10 UTC, came back 12:03:20 UTC.',
    );
    expect(blocks.filter(({ type }) => type === 'actions')).toEqual([]);
  });
});

describe('the message to the requester', () => {
  it('says how it ended, and of what', () => {
    const { text, blocks } = outcomeMessage(aRequest({ state: { is: 'gone', ...sending, checkedAt } }));

    expect(withDates(text)).toBe('azureuser on vm-web-1: Gone, checked 12:03:10 UTC.');
    expect(read({ blocks })).toBe(
      `azureuser on vm-web-1: Gone, checked 12:03:10 UTC
---
${approvedBy}
${sentOnce}
---
Your request: disconnect azureuser on vm-web-1 through bastion-prod
Open since: 2026-11-23 11:00 UTC
Reason: left open over lunch`,
    );
  });
});
