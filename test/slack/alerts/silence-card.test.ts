import { describe, expect, it } from '@jest/globals';
import type { Silence } from '../../../src/domain/alerts/silence.ts';
import { silenceCard } from '../../../src/slack/alerts/silence-card.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { minute, noon } from '../../support/build.ts';

const silence: Silence = {
  id: 'silence-1',
  version: 1,
  hostId: 'host',
  hostName: 'bastion-*prod*',
  since: noon,
  readAt: noon - minute,
  sessions: 2,
  failure: { kind: 'forbidden', action: 'Microsoft.Network/bastionHosts/getActiveSessions/action' },
  state: { is: 'no-data' },
};

describe('the card of a host that cannot be read', () => {
  it('says which, since when, why, and what that means', () => {
    const { text, blocks } = silenceCard(silence);
    expect(validateBlocks(blocks, 'message')).toEqual([]);
    const shown = JSON.stringify(blocks);
    expect(text).toMatch(/^No data from bastion-\*prod\* since <!date\^/);
    expect(shown).toMatch(/getActiveSessions/);
    expect(shown).toMatch(/none is called ended/);
    expect(shown).toMatch(/2 sessions/);
  });

  it.each([
    [{ is: 'data-again', readAt: noon } as const, /^Data again from bastion-\*prod\*, checked/],
    [{ is: 'host-gone', at: noon } as const, /^There is no host bastion-\*prod\* any more, checked/],
    [{ is: 'no-longer-polled', at: noon } as const, /^bastion-\*prod\* is no longer read, /],
  ])('says that it is over: %j', (state, expected) => {
    const { text, blocks } = silenceCard({ ...silence, state });
    expect(text).toMatch(expected);
    expect(JSON.stringify(blocks)).not.toMatch(/What went wrong/);
    expect(validateBlocks(blocks, 'message')).toEqual([]);
  });

  it('says that nothing is missing where it is the nature of the host', () => {
    const failure = { kind: 'unsupported', code: 'DeveloperSku' } as const;
    const { text, blocks } = silenceCard({ ...silence, failure, state: { is: 'unsupported', at: noon } });
    expect(text).toMatch(/^Azure lists no sessions for bastion-\*prod\*, checked/);
    expect(JSON.stringify(blocks)).toMatch(/DeveloperSku/);
  });

  it('says what Azure says of the host, where that may explain it', () => {
    const { blocks } = silenceCard({ ...silence, provisioningState: 'Updating' });
    expect(JSON.stringify(blocks)).toMatch(/the host is Updating, which may explain it/);
  });

  it('leads to the card of the outage that it is part of', () => {
    const { text, blocks } = silenceCard({ ...silence, outageId: 'outage-1' });
    expect(text).toMatch(/^No data from bastion-\*prod\* and others since <!date\^/);
    expect(JSON.stringify(blocks)).toMatch(/the card of that outage tells of all of them/);
  });

  it('does not make up a reading that never was', () => {
    const { readAt: _never, ...unread } = silence;
    expect(JSON.stringify(silenceCard(unread).blocks)).toMatch(/None yet/);
  });
});
