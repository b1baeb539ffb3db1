import { describe, expect, it } from '@jest/globals';
import { plainText } from '../../../src/slack/kit/plain-text.ts';
import { richText } from '../../../src/slack/kit/rich-text.ts';
import { spoken } from '../../../src/slack/kit/spoken.ts';
import { person, principals } from '../../../src/wording/person.ts';
import { ago, at, atSecond } from '../../../src/wording/time.ts';
import type { Word, Words } from '../../../src/wording/words.ts';
import { bold, code, words } from '../../../src/wording/words.ts';
import { noon } from '../../support/build.ts';

const timestamp = noon / 1000;
const link: Word = { is: 'link', url: 'https://portal.azure.com', text: 'the portal' };

describe('rich text', () => {
  it.each<[what: string, said: Words, elements: readonly object[]]>([
    ['text', words`a ${'b'}`, [{ type: 'text', text: 'a b' }]],
    ['what is in bold', bold(words`a`), [{ type: 'text', text: 'a', style: { bold: true } }]],
    ['what is typed', words`${code('x')}`, [{ type: 'text', text: 'x', style: { code: true } }]],
    ['a person', words`${person('U0BOSS')}`, [{ type: 'user', user_id: 'U0BOSS' }]],
    ['a group', principals(['S0LEADS']), [{ type: 'usergroup', usergroup_id: 'S0LEADS' }]],
    ['a channel', [{ is: 'channel', id: 'C0NEW' }], [{ type: 'channel', channel_id: 'C0NEW' }]],
    ['a link', [link], [{ type: 'link', url: 'https://portal.azure.com', text: 'the portal' }]],
    [
      "an instant in the reader's own zone, and in UTC where that fails",
      words`${at(noon + 999)}`,
      [{ type: 'date', timestamp, format: '{date_short_pretty} {time}', fallback: '2026-11-23 12:00 UTC' }],
    ],
    [
      'how long ago it was',
      words`${ago(noon)}`,
      [{ type: 'date', timestamp, format: '{ago}', fallback: 'at 2026-11-23 12:00 UTC' }],
    ],
    [
      'a proof to the second',
      words`${atSecond(noon)}`,
      [{ type: 'date', timestamp, format: '{time_secs}', fallback: '12:00:00 UTC' }],
    ],
    // Slack does not take it.
    [
      'an instant before 1970, in UTC',
      words`since ${at(Date.parse('0001-01-01T00:00:00Z'))}.`,
      [{ type: 'text', text: 'since 0001-01-01 00:00 UTC.' }],
    ],
    [
      'an instant before 1970 in bold, as one with the bold around it',
      words`${bold(words`since ${at(-1)} or ${at(-1)}`)}, so`,
      [
        { type: 'text', text: 'since 1969-12-31 23:59 UTC or 1969-12-31 23:59 UTC', style: { bold: true } },
        { type: 'text', text: ', so' },
      ],
    ],
    [
      'an instant before 1970 apart from what is typed beside it, which stays apart too',
      words`${code('a')}${code('b')}${at(-1)}${code('c')}`,
      [
        { type: 'text', text: 'a', style: { code: true } },
        { type: 'text', text: 'b', style: { code: true } },
        { type: 'text', text: '1969-12-31 23:59 UTC' },
        { type: 'text', text: 'c', style: { code: true } },
      ],
    ],
  ])('shows %s', (_what, said, elements) => {
    expect(richText(said)).toEqual(elements);
  });

  it('is spoken with an instant before 1970 in UTC too', () => {
    expect(spoken(words`${at(-1)}`)).toBe('1969-12-31 23:59 UTC');
  });
});

describe('plain text', () => {
  it('turns no colons into emoji', () => {
    expect(plainText(':tada: <b>', 80)).toEqual({ type: 'plain_text', text: ':tada: <b>', emoji: false });
  });
});
