import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { alertCard } from '../../../src/slack/alerts/card.ts';
import { aSession, hour, minute, noon } from '../../support/build.ts';
import { read } from '../kit/read.ts';
import { alert } from './carded.ts';

function inState(state: Alert['state']) {
  return alertCard({ ...alert, state }, 'required');
}

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
