import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { alertCard } from '../../../src/slack/alerts/card.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { aSession, anAlert, hour, minute, noon } from '../../support/build.ts';
import { dana, fay, likely, oneOf } from '../../support/origins.ts';
import { read, withDates } from '../kit/read.ts';
import { alert } from './carded.ts';

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
