import { describe, expect, it } from '@jest/globals';
import type { AlertStep, Snooze } from '../../../src/domain/alerts/handling.ts';
import { snoozeEnd, snoozeModal } from '../../../src/slack/alerts/snooze-modal.ts';
import { alertSteps, alertWake } from '../../../src/slack/alerts/thread.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { anAlert, hour, minute, noon } from '../../support/build.ts';
import { read, withDates } from '../kit/read.ts';

const steps: readonly AlertStep[] = [
  { did: 'acknowledged', by: 'U0ALICE', at: noon + minute },
  { did: 'unacknowledged', by: 'U0BOB', at: noon + 2 * minute },
  { did: 'snoozed', by: 'U0BOB', at: noon + 3 * minute, until: noon + hour, reason: 'backup runs' },
  { did: 'unsnoozed', by: 'U0ALICE', at: noon + 4 * minute },
  { did: 'woken', at: noon + hour },
];

describe('the steps in the thread', () => {
  it('tell everything in its order, to the end', () => {
    const state = { is: 'ended', checkedAt: noon + 2 * hour } as const;
    expect(read(alertSteps(anAlert({ steps, state })))).toBe(
      `What was done about azureuser on vm-web-1: Ended, checked 2026-11-23 14:00 UTC
---
2026-11-23 12:00 UTC: raised
2026-11-23 12:01 UTC: acknowledged by @U0ALICE
2026-11-23 12:02 UTC: acknowledgement undone by @U0BOB
2026-11-23 12:03 UTC: snoozed by @U0BOB until 2026-11-23 13:00 UTC: backup runs
2026-11-23 12:04 UTC: snooze ended by @U0ALICE
2026-11-23 13:00 UTC: snooze over`,
    );
  });

  it('say the latest to a phone', () => {
    expect(withDates(alertSteps(anAlert({ steps: steps.slice(0, 1) })).text)).toBe(
      'What was done about azureuser on vm-web-1: acknowledged by <@U0ALICE>.',
    );
  });

  it('are shortened where Slack would not take them, and say so', () => {
    const reason = '👩‍🚒'.repeat(100);
    const many = Array.from({ length: 30 }, (): AlertStep => ({
      did: 'snoozed',
      by: 'U0BOB',
      at: noon,
      until: noon + hour,
      reason,
    }));
    const message = alertSteps(anAlert({ steps: many }));
    expect(validateBlocks(message.blocks, 'message')).toEqual([]);
    expect(read(message)).toContain('20 steps not shown');
  });
});

describe('the call at the end of a snooze', () => {
  const snooze: Snooze = { by: 'U0BOB', at: noon, until: noon + hour, reason: 'backup runs' };

  it('calls whoever snoozed, and says what is still open', () => {
    expect(read(alertWake(anAlert(), snooze))).toBe(
      `@U0BOB, the snooze until 2026-11-23 13:00 UTC is over.
azureuser on vm-web-1 through bastion-prod is still open, since 2026-11-23 11:00 UTC.`,
    );
  });

  it('never says "still open" of a session on a host that is silent', () => {
    const silent = anAlert({ state: { is: 'unconfirmed' }, seenAt: noon });
    expect(read(alertWake(silent, snooze)).split('\n')[1]).toBe(
      'azureuser on vm-web-1 through bastion-prod was open when bastion-prod was last read, 2026-11-23 12:00 UTC. It may be open or over.',
    );
  });

  it('says so once that is over', () => {
    const ended = anAlert({ state: { is: 'ended', checkedAt: noon + 2 * hour } });
    expect(read(alertWake(ended, snooze)).split('\n')[1]).toBe(
      'azureuser on vm-web-1 through bastion-prod: Ended, checked 2026-11-23 14:00 UTC.',
    );
  });
});

describe('the snooze form', () => {
  it('offers what people want at three in the morning, and asks why', () => {
    const form = { alert: anAlert(), tomorrowAt: noon + 21 * hour, timeZone: 'Europe/Berlin' };
    expect(read(snoozeModal(form))).toBe(
      `azureuser on vm-web-1 through bastion-prod, open since 2026-11-23 11:00 UTC
---
A snoozed alert calls nobody. If the session is still open afterwards, you are told in the thread of the card.
---
How long: [……]
---
Or until another time: [……]
A time picked here counts in place of the choice above; 7 days at most.
---
Reason: [……]
Shown on the card, and kept in the record.`,
    );
  });

  it.each([
    ['for 3600000', noon + hour],
    ['until 1764000000000', 1_764_000_000_000],
    ['for ever', undefined],
    ['', undefined],
    ['for -1', undefined],
  ])('reads its option %p', (value, expected) => {
    expect(snoozeEnd(value, noon)).toBe(expected);
  });
});
