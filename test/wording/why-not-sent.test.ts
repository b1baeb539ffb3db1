import { describe, expect, it } from '@jest/globals';
import type { NotSentReason } from '../../src/domain/requests/withheld.ts';
import { whyNotSent } from '../../src/wording/why-not-sent.ts';
import { plainly } from '../../src/wording/words.ts';

describe('what was decided and is not carried out', () => {
  it.each<[NotSentReason, RegExp]>([
    [{ is: 'approval-required' }, /Now the policy asks for one: ask again, and a colleague/],
    [
      { is: 'right-lost', whose: 'approver', because: 'not-named' },
      /^Who approved this has no right to any more/,
    ],
    [
      { is: 'right-lost', whose: 'requester', because: 'deactivated' },
      /^Who asked for this has a deactivated/,
    ],
    [{ is: 'not-second', because: 'own-request' }, /under another id\. Ask again/],
    [{ is: 'not-second', because: 'perhaps-own-session' }, /may be the session of who approved its end\./],
    [{ is: 'right-unknown' }, /^Slack could not say .* the answer is no\. Ask again\./],
  ])('says why, and what to do: %j', (why, sentence) => {
    const [words = []] = whyNotSent(why, 'bastion-prod');
    expect(plainly(words)).toMatch(sentence);
  });
});
