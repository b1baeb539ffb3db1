import { describe, expect, it } from '@jest/globals';
import { asTyped } from '../../../src/slack/kit/as-typed.ts';

describe('the text of a command', () => {
  it.each([
    ['host:prod web-*', 'host:prod web-*'],
    ['user:<@U0ALICE|alice>', 'user:alice'],
    ['user:<@U0ALICE>', 'user:U0ALICE'],
    ['vm:<http://web.example.com|web.example.com>', 'vm:web.example.com'],
    ['user:<mailto:a@example.com|a@example.com>', 'user:a@example.com'],
    ['<https://example.com>', 'https://example.com'],
    ['from:<!channel>', 'from:@channel'],
    ['from:<!here|here>', 'from:@here'],
    ['user:<!subteam^S0OPS|@ops>', 'user:@ops'],
    ['from:&lt;!channel&gt;', 'from:<!channel>'],
    ['a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
  ])('is what was typed: %s', (text, typed) => {
    expect(asTyped(text)).toBe(typed);
  });
});
