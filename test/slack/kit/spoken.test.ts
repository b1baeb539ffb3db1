import { describe, expect, it } from '@jest/globals';
import { spoken } from '../../../src/slack/kit/spoken.ts';
import { person, principals } from '../../../src/wording/person.ts';
import { at } from '../../../src/wording/time.ts';
import type { Words } from '../../../src/wording/words.ts';
import { bold, words } from '../../../src/wording/words.ts';
import { noon } from '../../support/build.ts';

describe('words', () => {
  it('take every string for foreign text', () => {
    expect(words`Machine ${'a\nb'}.`).toEqual([{ is: 'text', text: 'Machine a b.' }]);
  });

  it('keep apart what differs in style', () => {
    expect([...bold(words`a`), ...words`b`]).toEqual([
      { is: 'text', text: 'a', style: { bold: true } },
      { is: 'text', text: 'b' },
    ]);
  });
});

describe('the top-level text', () => {
  it('mentions and dates what is ours', () => {
    expect(spoken(words`${person('U0BOSS')}, ${at(noon)}`)).toBe(
      `<@U0BOSS>, <!date^${noon / 1000}^{date_short_pretty} {time}|2026-11-23 12:00 UTC>`,
    );
  });

  it('escapes what is not, and unmakes its links and calls', () => {
    expect(spoken(words`${'<!channel> & https://evil.example @here'}`)).toBe(
      '&lt;!channel&gt; &amp; https:\u2060//evil.example @\u2060here',
    );
  });

  it('is cut after escaping, and never through an entity', () => {
    const long: Words = [{ is: 'text', text: '&'.repeat(3000) }];

    expect(spoken(long)).toBe(`${'&amp;'.repeat(599)}…`);
  });
});

describe('those whom the policy names', () => {
  it('are mentioned as what they are', () => {
    expect(spoken(principals(['S0LEADS', 'U0BOSS', 'everyone']))).toBe(
      '<!subteam^S0LEADS>, <@U0BOSS>, everyone',
    );
    expect(spoken(principals([]))).toBe('nobody');
  });

  it('are counted where they are too many', () => {
    expect(spoken(principals(Array.from({ length: 23 }, () => 'U0BOSS')))).toMatch(/, 3 more$/);
  });
});
