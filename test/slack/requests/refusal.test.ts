import { describe, expect, it } from '@jest/globals';
import type { AccessDenied } from '../../../src/domain/people/access.ts';
import type { ReviewRefusal } from '../../../src/domain/requests/review.ts';
import { accessRefusal } from '../../../src/slack/kit/access-refusal.ts';
import { batchReviewRefusal, reviewRefusal } from '../../../src/slack/requests/refusal.ts';
import { askRefusal } from '../../../src/slack/requests/ask-refusal.ts';
import { aBatch, aRequest, noon } from '../../support/build.ts';
import { read } from '../kit/read.ts';

const denied: AccessDenied = {
  allowed: false,
  right: 'approve',
  who: ['S0LEADS', 'U0BOSS'],
  because: 'not-named',
};

describe('a refused right', () => {
  it.each([
    ['view', 'You may not see sessions. The policy allows view to @S0LEADS, @U0BOSS.'],
    [
      'disconnect',
      'You may not ask for a session to be ended. The policy allows disconnect to @S0LEADS, @U0BOSS.',
    ],
    [
      'approve',
      'You may not approve or deny the end of a session. The policy allows approve to @S0LEADS, @U0BOSS.',
    ],
  ] as const)('names the rule and who can: %s', (right, words) => {
    expect(read(accessRefusal({ ...denied, right }))).toBe(words);
  });

  it('says so where nobody can', () => {
    expect(accessRefusal({ ...denied, who: [] }).text).toBe(
      'You may not approve or deny the end of a session. The policy allows approve to nobody.',
    );
  });

  it('says that Slack could not tell, where that is why', () => {
    expect(read(accessRefusal({ ...denied, because: 'unsure' }))).toContain('Try again in a few minutes.');
  });

  it('names the scope that the app lacks, where that is why', () => {
    const lacking = { ...denied, because: 'unsure', missingScope: 'users:read' } as const;
    expect(read(accessRefusal(lacking)).split('\n')[1]).toBe(
      'Slack does not tell the bot who that is, and then the answer is no: its Slack app lacks the scope users:read. Whoever looks after the bot can add it and install the app again.',
    );
  });

  it.each([
    [
      'guest',
      'You are a guest here: a group or “everyone” does not mean guests, only a user id in the policy does.',
    ],
    [
      'elsewhere',
      'You belong to another workspace: a group or “everyone” does not mean you, only a user id in the policy does.',
    ],
    ['deactivated', 'Slack says that your account is deactivated.'],
  ] as const)('tells people of the standing %s what would help', (because, words) => {
    expect(read(accessRefusal({ ...denied, who: ['everyone'], because }))).toBe(
      `You may not approve or deny the end of a session. The policy allows approve to everyone.\n${words}`,
    );
  });

  it('is worded alike for a command, a form and a decision', () => {
    expect(askRefusal({ is: 'denied', denied })).toEqual(accessRefusal(denied));
    expect(reviewRefusal({ is: 'denied', denied }, [])).toEqual(accessRefusal(denied));
  });
});

describe('a wish that cannot be granted', () => {
  it('shows the second asker the open request', () => {
    expect(read(askRefusal({ is: 'already-asked', existing: aRequest() }))).toBe(
      '@U0ASKER asked to disconnect azureuser on vm-web-1 already, 2026-11-23 12:00 UTC. One request at a time is open for a session.\n' +
        'It stands so: Waiting for approval.',
    );
  });

  it('tells whose cards nobody has decided what to do about it', () => {
    expect(read(askRefusal({ is: 'too-many-open', open: 20 }))).toBe(
      '20 requests of yours wait for a decision. No more than that are open at once, so that those of your colleagues are seen, and this one was not opened.\n' +
        'Cancel some of them on their cards, or wait until they are decided, and ask again.',
    );
  });

  it.each([
    [
      'not-tracked',
      'This session is over, or its host is no longer known. Press Refresh for what is open now.',
    ],
    [
      'cannot-be-ended',
      'This session cannot be ended from here: Azure gives it no id. Try the Azure portal, or end it on the machine.',
    ],
    ['switched-off', 'The policy has disconnecting switched off.'],
  ] as const)('says why: %s', (is, words) => {
    expect(askRefusal({ is }).text).toBe(words);
  });
});

describe('a decision that is not taken', () => {
  const denial = aRequest({ state: { is: 'denied', by: 'U0BOSS', at: noon } });

  it.each<[ReviewRefusal, string]>([
    [
      'already-decided',
      'Too late to change that. The request to disconnect azureuser on vm-web-1 stands so: Denied by @U0BOSS, 2026-11-23 12:00 UTC.',
    ],
    [
      'own-request',
      'You cannot approve or deny this: it is your own request. The policy allows approve to @S0LEADS.\nYou can cancel it.',
    ],
    [
      'perhaps-own-request',
      'Slack could not say just now whether this is your own request, under another of your ids. Nobody decides about their own, and only who asked can cancel it, so the answer is no.\nTry again in a minute. Should it stay so, the Slack app may lack the scope users:read.',
    ],
    [
      'own-session',
      'You cannot approve this: it is your own session. The policy allows approve to @S0LEADS.\nYou can deny it, or leave it to a colleague.',
    ],
    [
      'perhaps-own-session',
      'You cannot approve this: it may be your own session, by its login or by the Bastion audit log. The policy allows approve to @S0LEADS.\nYou can deny it, or leave it to a colleague.',
    ],
    ['not-the-requester', 'Only @U0ASKER, who asked, can cancel this request.'],
    [
      'owner-unknown',
      'Slack could not say just now whose session this is. Nobody approves the end of their own, so the answer is no.\nTry again in a minute. Should it stay so, the Slack app may lack the scope users:read.email.',
    ],
  ])('says why, and who can: %s', (because, words) => {
    expect(read(reviewRefusal({ is: 'refused', because, request: denial }, ['S0LEADS']))).toBe(words);
  });

  it.each<[ReviewRefusal, string]>([
    ['already-decided', 'Too late to change that. The request to disconnect 2 sessions stands so: 2 denied.'],
    [
      'own-request',
      'You cannot approve or deny this: it is your own request. The policy allows approve to @S0LEADS.\nYou can cancel it.',
    ],
    [
      'perhaps-own-request',
      'Slack could not say just now whether this is your own request, under another of your ids. Nobody decides about their own, and only who asked can cancel it, so the answer is no.\nTry again in a minute. Should it stay so, the Slack app may lack the scope users:read.',
    ],
    [
      'own-session',
      'You cannot approve this: one of the sessions is your own. The policy allows approve to @S0LEADS.\nYou can deny it, or leave it to a colleague.',
    ],
    [
      'perhaps-own-session',
      'You cannot approve this: one of the sessions may be your own, by its login or by the Bastion audit log. The policy allows approve to @S0LEADS.\nYou can deny it, or leave it to a colleague.',
    ],
    ['not-the-requester', 'Only @U0ASKER, who asked, can cancel this request.'],
    [
      'owner-unknown',
      'Slack could not say just now whose session this is. Nobody approves the end of their own, so the answer is no.\nTry again in a minute. Should it stay so, the Slack app may lack the scope users:read.email.',
    ],
  ])('says the same of several: %s', (because, words) => {
    const refused = { is: 'refused', because, batch: aBatch(), members: [denial, denial] } as const;
    expect(read(batchReviewRefusal(refused, ['S0LEADS']))).toBe(words);
  });

  it('says that nothing is known of a request too old', () => {
    expect(reviewRefusal({ is: 'unknown-request' }, []).text).toContain('nothing was done');
    expect(batchReviewRefusal({ is: 'unknown-batch' }, []).text).toContain('nothing was done');
  });
});
