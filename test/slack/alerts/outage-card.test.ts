import { describe, expect, it } from '@jest/globals';
import type { LeavingReason, Outage, OutageHost } from '../../../src/domain/alerts/outage.ts';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import { outageCard } from '../../../src/slack/alerts/outage-card.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { aHost, hour, noon } from '../../support/build.ts';
import { read } from '../kit/read.ts';

const hosts = (count: number, of: Partial<OutageHost> = {}) =>
  Array.from({ length: count }, (_, index): OutageHost => {
    const name = `bastion-${String(index).padStart(3, '0')}`;
    return { hostId: aHost({ name }).id, name, silenceId: name, since: noon, sessions: 2, ...of };
  });
const outage: Outage = {
  id: 'outage-1',
  version: 1,
  cause: 'credential',
  failure: { kind: 'signed-out', because: 'refused' },
  since: noon,
  hosts: hosts(150),
  changedAt: noon,
  state: { is: 'open' },
};

describe('the card of an outage', () => {
  it('says how many hosts it costs, since when and why, what that means and what to do', () => {
    const message = outageCard(outage);
    expect(validateBlocks(message.blocks, 'message')).toEqual([]);
    const names = Array.from({ length: 20 }, (_, index) => `bastion-${String(index).padStart(3, '0')}`).join(
      ', ',
    );
    expect(read(message)).toBe(
      [
        'No data from 150 hosts since 2026-11-23 12:00 UTC: Azure refuses the sign-in',
        '---',
        "What went wrong: Azure refused the bot's token. Check the credentials, or the managed identity, that the bot runs with.",
        'Their sessions (300 when they were last read) are shown as last seen; new ones are not seen, and none is called ended. Limits still count from the last good reading.',
        '---',
        `Silent: ${names}, 130 more`,
      ].join('\n'),
    );
  });

  it('names the subscriptions where a right is lacking', () => {
    const failure = { kind: 'forbidden', action: 'a/read' } as const;
    expect(read(outageCard({ ...outage, failure }))).toContain(
      'Subscriptions: 00000000-0000-0000-0000-000000000001',
    );
  });

  it('counts those that answer again', () => {
    const left = { at: noon, because: 'read' } as const;
    const message = outageCard({ ...outage, hosts: [...hosts(2, { left }), ...hosts(3)] });
    expect(message.text).toMatch(/^No data from 3 hosts since/);
    expect(read(message)).toContain('Answer again: 2 hosts');
  });

  it.each<[string, readonly LeavingReason[], string, string]>([
    ['read', ['read', 'read', 'read'], 'Data again from all 3 hosts, checked', ''],
    ['gone', ['read', 'read', 'no-host'], 'Data again from 2 of 3 hosts, checked', '1 host of them: gone,'],
    [
      'silent for another cause',
      ['other-cause', 'other-cause', 'other-cause'],
      'No outage of 3 hosts any more, checked',
      '3 hosts of them: silent still for another cause, told of on another card.',
    ],
  ])('says from when to when it was, and what became of the hosts: %s', (_, reasons, sentence, rest) => {
    const over = reasons.flatMap((because) => hosts(1, { left: { at: noon, because } }));
    const message = outageCard({ ...outage, hosts: over, state: { is: 'over', at: noon + hour } });
    expect(message.text.startsWith(sentence)).toBe(true);
    expect(read(message)).toContain('From 2026-11-23 12:00 UTC to 2026-11-23 13:00 UTC.');
    expect(read(message)).toContain(rest);
    expect(read(message)).not.toContain('What went wrong');
  });

  it.each<AzureFailure>([
    { kind: 'forbidden', action: 'a/read' },
    { kind: 'signed-out' },
    { kind: 'host-gone' },
    { kind: 'throttled', retryAt: noon },
    { kind: 'busy' },
    { kind: 'locked' },
    { kind: 'not-understood', what: 'a page' },
    { kind: 'timed-out' },
    { kind: 'unreachable' },
    { kind: 'failed', code: 'ServiceUnavailable' },
  ])('fits a lock screen, and begins as its text does: $kind', (failure) => {
    const message = outageCard({ ...outage, failure });
    const [first = ''] = read(message).split('\n');
    expect(first.length).toBeLessThanOrEqual(80);
    expect(message.text.replaceAll(/<!date.*?\|(.*?)>/g, '$1')).toBe(`${first}.`);
  });
});
