import { describe, expect, it } from '@jest/globals';
import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import { homeView } from '../../../src/slack/home/home.ts';
import { outcomeMessage } from '../../../src/slack/requests/outcome.ts';
import { askRefusal } from '../../../src/slack/requests/ask-refusal.ts';
import { batchUnaskedMessage, maybeUnasked, unaskedMessage } from '../../../src/slack/requests/unasked.ts';
import { aBatch, aRequest, aSession, minute, noon } from '../../support/build.ts';
import { read } from '../kit/read.ts';

const unasked = { since: noon, code: 'is_archived' };
const late = { ...unasked, until: noon + 5 * minute };
const expired = { is: 'expired', at: noon + 30 * minute } as const;
const archived = `Slack says that the approvals channel is archived.
An administrator can take it out of the archive, or name another channel in the policy (channels.approvals).`;
const asked = (overrides: Partial<DisconnectRequest> = {}) => aRequest({ unasked, ...overrides });
const firstTwo = (message: { readonly blocks: readonly unknown[] }) =>
  read(message).split('\n---\n').slice(0, 2);

describe('what the requester is told when nobody could be asked', () => {
  it('is what Slack says, who can do what, and what goes on meanwhile', () => {
    const { text, blocks } = unaskedMessage(asked());
    expect(text).toBe('Nobody was asked yet to disconnect azureuser on vm-web-1.');
    expect(read({ blocks })).toBe(`Nobody was asked yet to disconnect azureuser on vm-web-1
---
${archived}
The bot goes on trying. Whoever may approve can decide on the bot's Home tab, too.
Expires 2026-11-23 12:30 UTC. Nothing is sent before somebody approves.
---
Your request: disconnect azureuser on vm-web-1 through bastion-prod
Open since: 2026-11-23 11:00 UTC
Reason: left open over lunch`);
  });

  it.each([
    ['restricted_action', /only some people post.*can let the bot post there/s],
    ['not_in_channel', /The bot is not in the approvals channel.*\/invite @Bastion Bot/s],
    ['channel_not_found', /Slack finds no such approvals channel.*invite the bot.*channels\.approvals/s],
    ['shared-channel', /People of other companies read.*end that, or name another/s],
    ['token_revoked', /does not accept the bot's token.*install the app anew/s],
    ['missing_scope', /right to post \(chat:write\)/],
    [
      'a_new_error',
      /Slack refuses what the bot posts in the approvals channel \(a_new_error\).*documentation/s,
    ],
    ['constructor', /Slack refuses what the bot posts in the approvals channel \(constructor\)/],
  ])('has a sentence for the reason: %s', (code, sentence) => {
    expect(read(unaskedMessage(asked({ unasked: { since: noon, code } })))).toMatch(sentence);
  });

  it('is edited once somebody was asked after all, and to how it ended', () => {
    expect(firstTwo(unaskedMessage(asked({ unasked: late })))).toEqual([
      'Asked after all to disconnect azureuser on vm-web-1, 2026-11-23 12:05 UTC',
      'Expires 2026-11-23 12:30 UTC. Nothing is sent before somebody approves.',
    ]);
    const denied = { is: 'denied', by: 'U0BOSS', at: noon } as const;
    expect(firstTwo(unaskedMessage(asked({ unasked: late, state: denied })))).toEqual([
      'azureuser on vm-web-1: Denied by @U0BOSS, 2026-11-23 12:00 UTC',
      'Nothing was sent.',
    ]);
  });

  it('is the same sentence once for several', () => {
    const members = ['vm-a', 'vm-b'].map((name) => asked({ session: aSession({ vm: { name } }) }));
    expect(firstTwo(batchUnaskedMessage(aBatch(), members))).toEqual([
      'Nobody was asked yet to disconnect 2 sessions (azureuser on vm-a, azureuser on vm-b)',
      `${archived}
The bot goes on trying. Whoever may approve can decide on the bot's Home tab, too.
Expires 2026-11-23 12:30 UTC. Nothing is sent before somebody approves.`,
    ]);
    const over = members.map((member) => ({ ...member, state: expired }));
    expect(firstTwo(batchUnaskedMessage(aBatch(), over))).toEqual([
      '2 sessions (azureuser on vm-a, azureuser on vm-b): 2 expired',
      `Nobody was asked. ${archived}`,
    ]);
  });
});

describe('who else reads that nobody was asked', () => {
  it('is who asked, in the outcome', () => {
    expect(firstTwo(outcomeMessage(asked({ state: expired })))[1]).toBe(
      `Nobody was asked. ${archived}\nNobody approved or denied it in time. Nothing was sent.`,
    );
    expect(firstTwo(outcomeMessage(asked({ unasked: late, state: expired })))[1]).toBe(
      'Nobody was asked before 2026-11-23 12:05 UTC.\nNobody approved or denied it in time. Nothing was sent.',
    );
  });

  it('is who asks for the same', () => {
    expect(read(askRefusal({ is: 'already-asked', existing: asked() }))).toMatch(
      /It stands so: Nobody was asked yet\.\nSlack says that the approvals channel is archived\./,
    );
  });

  it('is who may approve, at home', () => {
    const denied = { allowed: false, right: 'view', who: [], because: 'not-named' } as const;
    const one = { is: 'request', request: asked() } as const;
    const several = { is: 'batch', batch: aBatch(), members: [asked(), asked()] } as const;
    const shown = read(homeView({ sights: denied, waiting: { shown: [one, several], count: 2 } }, noon));
    expect(shown.split(`Nobody was asked. ${archived}`)).toHaveLength(3);
  });

  it('is who sends a form while the channel takes nothing', () => {
    expect(read(maybeUnasked('is_archived'))).toBe(
      `Your request is open, but nobody may be asked: Slack refused what the bot posted last for them.
${archived}
The bot tries again, and tells you in a direct message if that is in vain.`,
    );
  });
});
