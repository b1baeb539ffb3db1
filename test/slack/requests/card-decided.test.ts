import { describe, expect, it } from '@jest/globals';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import type { NotSentReason } from '../../../src/domain/requests/withheld.ts';
import { requestCard } from '../../../src/slack/requests/card.ts';
import { aRequest, minute, noon } from '../../support/build.ts';
import { read, withDates } from '../kit/read.ts';
import { approvedBy, checkedAt, decided, head, sending, sentOnce } from './requested.ts';

const timedOut = { kind: 'timed-out', reference: 'ref-7' } as const;
const waiting = {
  since: noon + minute,
  failure: timedOut,
  nextTryAt: noon + 2 * minute,
  for: 'call',
  isSaid: false,
} as const;
const wentWrong =
  "What went wrong: Azure did not answer in time. This usually passes by itself. Azure's reference: ref-7.";

function inState(state: DisconnectRequest['state']) {
  return requestCard(aRequest({ state }), 'required');
}

function notSent(why: NotSentReason) {
  return inState({ is: 'not-sent', ...decided, at: noon + 2 * minute, why });
}

describe('the card of a decided request', () => {
  it.each<[string, DisconnectRequest['state'], string]>([
    [
      'denied',
      { is: 'denied', by: 'U0BOSS', at: noon },
      'Denied by @U0BOSS, 2026-11-23 12:00 UTC\nNothing was sent.',
    ],
    [
      'cancelled',
      { is: 'cancelled', by: 'U0ASKER', at: noon },
      'Cancelled by @U0ASKER, 2026-11-23 12:00 UTC\nNothing was sent.',
    ],
    [
      'expired',
      { is: 'expired', at: noon },
      'Expired 2026-11-23 12:00 UTC\nNobody approved or denied it in time. Nothing was sent.',
    ],
    [
      'overtaken by its end',
      { is: 'overtaken', at: noon, why: { is: 'ended-by-itself', checkedAt: noon } },
      'Ended by itself, checked 12:00:00 UTC\nNobody had decided yet. Nothing was sent.',
    ],
    [
      'overtaken by a silence',
      { is: 'overtaken', at: noon, why: { is: 'lost' } },
      'Lost sight of, 2026-11-23 12:00 UTC\nbastion-prod has not been read for a day, so nobody knows whether the session is still open. Nothing was sent; ask again once it is listed again.',
    ],
    [
      'overtaken by the end of its host',
      { is: 'overtaken', at: noon, why: { is: 'host-forgotten' } },
      'Lost sight of, 2026-11-23 12:00 UTC\nbastion-prod is gone, or the bot is not to look at it any more. Nobody knows whether the session is still open. Nothing was sent.',
    ],
    [
      'approved',
      { is: 'approved', ...decided },
      `Approved, about to disconnect\n${approvedBy}\nThe session is read once more before anything is sent.`,
    ],
    [
      'approved and waiting',
      { is: 'approved', ...decided, waiting },
      'Approved, waiting for Azure since 2026-11-23 12:01 UTC\n' +
        'What went wrong: Azure did not answer in time. It is tried again until 2026-11-23 12:30 UTC; nothing has been done so far.\n' +
        approvedBy,
    ],
    [
      'ordered and waiting',
      {
        is: 'approved',
        decidedAt: noon + 29 * minute,
        waiting: { ...waiting, failure: { kind: 'throttled', retryAt: noon + 5 * minute } },
      },
      'Ordered, waiting for Azure since 2026-11-23 12:01 UTC\n' +
        'What went wrong: Azure asks the bot to wait until 2026-11-23 12:05 UTC. ' +
        'It is tried again at 2026-11-23 12:05 UTC, and until 2026-11-23 12:31 UTC; nothing has been done so far.\n' +
        'Ordered by @U0ASKER, 2026-11-23 12:29 UTC; the policy asks for no approval.',
    ],
    [
      'sent once, and not a second time',
      { is: 'still-there', ...sending, checkedAt, again: waiting },
      'Still there, checked 12:03:10 UTC\n' +
        'The disconnect had no effect. Somebody has to end the session in the Azure portal or on the machine.\n' +
        `${approvedBy}\n${sentOnce} Azure did not take a second call: Azure did not answer in time.`,
    ],
    [
      'ordered without approval',
      { is: 'approved', decidedAt: noon },
      'Ordered, about to disconnect\n' +
        'Ordered by @U0ASKER, 2026-11-23 12:00 UTC; the policy asks for no approval.\n' +
        'The session is read once more before anything is sent.',
    ],
    ['sent', { is: 'sending', ...sending }, `Disconnect sent, proving…\n${approvedBy}\n${sentOnce}`],
    [
      'sent twice',
      { is: 'sending', ...sending, calls: 2 },
      `Disconnect sent, proving…\n${approvedBy}\n` +
        'Disconnect sent once more at 12:01:02 UTC, after a reading that still showed the session.',
    ],
    ['gone', { is: 'gone', ...sending, checkedAt }, `Gone, checked 12:03:10 UTC\n${approvedBy}\n${sentOnce}`],
    [
      'still there',
      { is: 'still-there', ...sending, checkedAt },
      'Still there, checked 12:03:10 UTC\n' +
        'The disconnect had no effect. Somebody has to end the session in the Azure portal or on the machine.\n' +
        `${approvedBy}\n${sentOnce}`,
    ],
    [
      'unproven',
      { is: 'unproven', ...sending, at: noon + 2 * minute, failure: timedOut },
      'Sent, but not proven\n' +
        `No reading since then, up to 2026-11-23 12:02 UTC, could say whether the session is gone. ${wentWrong}\n` +
        `${approvedBy}\n${sentOnce}`,
    ],
    [
      'refused by Azure',
      {
        is: 'refused',
        ...sending,
        at: noon + 2 * minute,
        failure: { kind: 'forbidden', action: 'end/action' },
      },
      'Refused by Azure, 2026-11-23 12:02 UTC\n' +
        'Azure did not end the session. What went wrong: the bot lacks the right end/action. ' +
        "Add it to a role that the bot's identity has on the host's subscription.\n" +
        approvedBy,
    ],
  ])('says in words that it is %s', (_, state, words) => {
    expect(head(inState(state))).toBe(words);
  });

  it.each<[NotSentReason, string]>([
    [
      { is: 'ended-by-itself', checkedAt },
      'Ended by itself, checked 12:03:10 UTC\nThe session was over before the disconnect went out, so nothing was sent.',
    ],
    [
      { is: 'changed', change: 'other-start' },
      'Not sent, 2026-11-23 12:02 UTC\nThe session with this id now started at another time. What was approved is no longer there, so nothing was sent.',
    ],
    [
      { is: 'changed', change: 'other-machine' },
      'Not sent, 2026-11-23 12:02 UTC\nThe session with this id is now on another machine. What was approved is no longer there, so nothing was sent.',
    ],
    [
      { is: 'changed', change: 'other-login' },
      'Not sent, 2026-11-23 12:02 UTC\nThe session with this id now has another VM login. What was approved is no longer there, so nothing was sent.',
    ],
    [
      { is: 'hourly-limit', maxPerHour: 60 },
      'Not sent, 2026-11-23 12:02 UTC\nThe policy allows 60 disconnects an hour, and that many have been sent. Ask again later.',
    ],
    [{ is: 'switched-off' }, 'Not sent, 2026-11-23 12:02 UTC\nThe policy has disconnecting switched off.'],
    [
      { is: 'not-taken', failure: timedOut },
      `Not sent, 2026-11-23 12:02 UTC\nAzure did not take the disconnect before its time was over, so nothing was done. ${wentWrong}`,
    ],
    [
      { is: 'unread', failure: timedOut },
      `Not sent, 2026-11-23 12:02 UTC\nbastion-prod could not be read, so nobody knows whether it is still the same session. ${wentWrong}`,
    ],
  ])('says why nothing was sent: %j', (why, words) => {
    expect(head(notSent(why))).toBe(`${words}\n${approvedBy}`);
  });

  it('can be cancelled while it waits', () => {
    const { blocks } = inState({ is: 'approved', ...decided, waiting });
    expect(read({ blocks }).split('\n').at(-1)).toBe('[Cancel request]');
    expect(blocks.at(-1)).toMatchObject({ elements: [{ action_id: 'request_cancel', value: 'request-1' }] });
  });

  it('has no buttons, and says its state to a phone', () => {
    const { text, blocks } = inState({ is: 'gone', ...sending, checkedAt });

    expect(blocks.filter(({ type }) => type === 'actions')).toEqual([]);
    expect(withDates(text)).toBe('azureuser on vm-web-1: Gone, checked 12:03:10 UTC.');
  });
});
