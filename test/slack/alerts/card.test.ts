import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { alertCard } from '../../../src/slack/alerts/card.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { aSession, anAlert, hour, minute, noon } from '../../support/build.ts';
import { dana, fay, likely, oneOf } from '../../support/origins.ts';
import { read, withDates } from '../kit/read.ts';

const alert = anAlert({ rule: { name: 'production', warnAfterMs: hour }, raisedAt: noon + minute });

function inState(state: Alert['state']) {
  return alertCard({ ...alert, state }, 'required');
}

describe('the card of an open alert', () => {
  const { text, blocks } = alertCard(alert, 'required');

  it('says who is where, since when and until which reading, and which limit that is over', () => {
    expect(read({ blocks })).toBe(
      `azureuser on vm-web-1 for 1 h 1 min (limit 1 h)
---
Open too long; began at 2026-11-23 11:00 UTC
---
VM login: azureuser
Machine: vm-web-1
Protocol: SSH
Bastion host: bastion-prod
Open since: 2026-11-23 11:00 UTC
Last seen open: 2026-11-23 12:00 UTC
Limit: 1 h by the rule production
---
[Acknowledge] [Snooze] [Request disconnect] [Details]`,
    );
  });

  it('says who is likely behind it and from where, and no phone does', () => {
    const session = aSession({ vmLogin: 'CORP\\fay', origin: likely(fay, true) });
    const card = alertCard({ ...alert, session }, 'required');
    expect(read(card)).toContain(`VM login: CORP\\fay
Machine: vm-web-1
Protocol: SSH
Bastion host: bastion-prod
Open since: 2026-11-23 11:00 UTC
Entra user: fay@corp.example, likely so far
Client address: 203.0.113.7, likely so far
Last seen open`);
    expect(card.text).toContain('fay on vm-web-1 for 1 h 1 min (limit 1 h). ');
  });

  it.each(['m'.repeat(500), '"'.repeat(4000), '👩‍🚒'.repeat(4000)])(
    'is taken by Slack, whoever and how many are behind it',
    (name) => {
      const candidates = Array.from({ length: 100 }, (_, index) => ({
        entraUser: `${index % 10}${name}`,
        clientAddress: `${index}${name}`,
        userAgent: name,
      }));
      const vm = { name, address: name };
      const session = aSession({
        vm,
        vmLogin: name,
        protocol: name,
        origin: oneOf(...candidates, fay, dana),
      });
      const handling = { is: 'snoozed', by: 'U0BOB', at: noon, until: noon, reason: name } as const;
      const rule = { name, warnAfterMs: hour };
      const { blocks } = alertCard({ ...alert, session, handling, rule, hostName: name }, 'required');
      expect(validateBlocks(blocks, 'message')).toEqual([]);
    },
  );

  it('says the same in one line to a phone', () => {
    expect(withDates(text)).toBe(
      'azureuser on vm-web-1 for 1 h 1 min (limit 1 h). Open too long; began at 2026-11-23 11:00 UTC, through bastion-prod, by the rule production.',
    );
  });

  it('says who, where and how long within eighty characters, however long their names', () => {
    const session = aSession({ vmLogin: 'l'.repeat(80), vm: { name: 'm'.repeat(80) } });
    expect(alertCard({ ...alert, session }, 'required').text.slice(0, 80)).toMatch(
      /^l+… on m+… for 1 h 1 min \(limit 1 h\)/,
    );
  });

  it('carries the session in one button and the alert in the others', () => {
    expect(blocks.at(-1)).toMatchObject({
      elements: [
        { value: 'alert-1', accessibility_label: 'Acknowledge: azureuser on vm-web-1' },
        { value: 'alert-1', accessibility_label: 'Snooze: azureuser on vm-web-1' },
        { value: 'ref-1', accessibility_label: 'Request disconnect: azureuser on vm-web-1' },
        { value: 'details alert-1', accessibility_label: 'Details: azureuser on vm-web-1' },
      ],
    });
  });

  it.each([
    ['none', '[Acknowledge] [Snooze] [Disconnect] [Details]'],
    ['off', '[Acknowledge] [Snooze] [Details]'],
  ] as const)('with approval %s has the buttons %s', (approval, buttons) => {
    expect(read(alertCard(alert, approval)).split('\n').at(-1)).toBe(buttons);
  });

  it('offers no disconnect of a session that Azure gave no id', () => {
    const withoutId = anAlert({ session: aSession({ sessionId: '' }) });

    expect(read(alertCard(withoutId, 'required')).split('\n').at(-1)).toBe(
      '[Acknowledge] [Snooze] [Details]',
    );
  });
});

describe('the card of an alert that somebody has in hand', () => {
  const acknowledged = { by: 'U0ALICE', at: noon + minute };
  const snooze = { by: 'U0BOB', at: noon + 2 * minute, until: noon + hour, reason: 'backup runs until 3' };
  const shownFor = (handling: Alert['handling']) => {
    const [, state, , buttons] = read(alertCard({ ...alert, handling }, 'required')).split('\n---\n');
    return `${state}\n${buttons}`;
  };

  it('names who acknowledged it, and when', () => {
    expect(shownFor({ is: 'acknowledged', ...acknowledged })).toBe(
      `Open too long, acknowledged; began at 2026-11-23 11:00 UTC
Acknowledged by @U0ALICE, 2026-11-23 12:01 UTC.
[Undo acknowledgement] [Snooze] [Request disconnect] [Details]`,
    );
  });

  it('says until when it is snoozed, by whom and why', () => {
    expect(shownFor({ is: 'snoozed', ...snooze, acknowledged })).toBe(
      `Open too long, snoozed until 2026-11-23 13:00 UTC; began at 2026-11-23 11:00 UTC
Acknowledged by @U0ALICE, 2026-11-23 12:01 UTC.
Snoozed by @U0BOB, 2026-11-23 12:02 UTC, until 2026-11-23 13:00 UTC: backup runs until 3
[Acknowledge] [End snooze] [Snooze] [Request disconnect] [Details]`,
    );
  });

  it('wants somebody again once the snooze is over', () => {
    expect(shownFor({ is: 'woken', ...snooze })).toBe(
      `Open too long, and the snooze is over; began at 2026-11-23 11:00 UTC
Snoozed by @U0BOB, 2026-11-23 12:02 UTC, until 2026-11-23 13:00 UTC: backup runs until 3
[Acknowledge] [Snooze] [Request disconnect] [Details]`,
    );
  });

  it('has no buttons after the end, and still says who looked after it', () => {
    const state = { is: 'ended', checkedAt: noon + hour } as const;
    const handling = { is: 'acknowledged', ...acknowledged } as const;
    const message = alertCard({ ...alert, state, handling }, 'required');
    expect(read(message).split('\n---\n').slice(0, 2)).toEqual([
      'Ended: azureuser on vm-web-1 after about 2 h (limit 1 h)',
      'Checked 2026-11-23 13:00 UTC\nAcknowledged by @U0ALICE, 2026-11-23 12:01 UTC.',
    ]);
    expect(message.blocks.map(({ type }) => type)).toEqual(['rich_text', 'rich_text', 'rich_text']);
  });
});

describe('the card of an alert in another state', () => {
  const head = (message: { readonly blocks: readonly unknown[] }) =>
    read(message).split('\n---\n').slice(0, 2).join('\n');
  const ended = inState({ is: 'ended', checkedAt: noon + 3 * minute });

  it('says that nobody could confirm it, and still has its buttons', () => {
    const message = inState({ is: 'unconfirmed' });

    expect(head(message)).toBe(
      'azureuser on vm-web-1 for 1 h, not confirmed (limit 1 h)\n' +
        'Open too long, not confirmed since 2026-11-23 12:00 UTC\n' +
        'bastion-prod has given no usable answer since. The session may be open or over.',
    );
    expect(read(message)).toContain('[Acknowledge] [Snooze] [Request disconnect]');
  });

  it('is no surer of how long it was open than Azure of its start', () => {
    const session = aSession({ startedAtFrom: 'reading' });
    const state = { is: 'ended', checkedAt: noon + hour } as const;
    expect(alertCard({ ...alert, session, state }, 'required').text).toContain(
      'Ended: azureuser on vm-web-1 after at least 2 h (limit 1 h)',
    );
  });

  it('says when it was seen to have ended', () => {
    expect(head(ended)).toBe(
      'Ended: azureuser on vm-web-1 after about 1 h 3 min (limit 1 h)\nChecked 2026-11-23 12:03 UTC',
    );
  });

  it.each([
    ['host-gone', 'Azure says that there is no host bastion-prod any more.'],
    ['unknown-too-long', 'bastion-prod has given no usable answer for a day.'],
  ] as const)('never says "ended" of a session lost sight of: %s', (why, because) => {
    const message = inState({ is: 'lost', at: noon, why });

    expect(head(message)).toBe(
      `Lost sight of azureuser on vm-web-1 after at least 1 h (limit 1 h)\nClosed 2026-11-23 12:00 UTC\n${because} Nobody saw the session end.`,
    );
    expect(message.text).not.toContain('Ended');
  });

  it('says that the rules took it back, and what holds now', () => {
    expect(head(inState({ is: 'lifted', at: noon }))).toBe(
      'azureuser on vm-web-1: no rule limits it any more\nClosed 2026-11-23 12:00 UTC\nThe rules of the bot have changed: none limits it any more. It may be open still.',
    );
    const limit = { name: 'nightly', warnAfterMs: 8 * hour };
    expect(head(inState({ is: 'lifted', at: noon, limit }))).toBe(
      'azureuser on vm-web-1: its limit is 8 h now\nClosed 2026-11-23 12:00 UTC\nThe rules of the bot have changed: the rule nightly allows it 8 h. Should it stay open for longer, there is a new alert.',
    );
  });

  it('counts the sessions of a tunnel while they are open', () => {
    const tunnel = '40 sessions of one tunnel, some may be left over.';
    expect(read(alertCard({ ...alert, alike: 40 }, 'required'))).toContain(tunnel);
    expect(
      read(alertCard({ ...alert, alike: 40, state: { is: 'ended', checkedAt: noon } }, 'required')),
    ).not.toContain('tunnel');
  });

  it('has no buttons when there is nothing left to do', () => {
    const lost = inState({ is: 'lost', at: noon, why: 'host-gone' });
    const lifted = inState({ is: 'lifted', at: noon });

    expect(
      [ended, lost, lifted].flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'actions')),
    ).toEqual([]);
  });
});
