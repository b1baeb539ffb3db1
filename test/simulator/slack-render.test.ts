import { expect, it } from '@jest/globals';
import { renderText } from './slack/render/message.ts';

/** 2026-11-23 12:00:00 UTC. */
const noon = Date.UTC(2026, 10, 23, 12);
const reader = {
  timeZone: 'Europe/Berlin',
  now: () => noon,
  nameOf: (id: string) => ({ U0ALICE: '@alice', S0OPS: '@ops', C0ALERTS: '#alerts' })[id],
};
const show = (blocks: readonly object[], text = '') => renderText({ text, blocks }, reader);
const seconds = noon / 1000;

it('shows times in the zone of the reader', () => {
  const text = `<!date^${String(seconds)}^{date_short_pretty} {time}|12:00 UTC>, <!date^${String(seconds - 3600)}^{ago}|?>`;
  expect(show([], text)).toBe('today 13:00, 1 hour ago');
});

it('shows mentions by name, links with their address, and escaped text as it was meant', () => {
  const text =
    '<@U0ALICE> <!subteam^S0OPS> <#C0ALERTS> <!channel> <https://a.example|here> &lt;b&gt; &amp;amp;';
  expect(show([], text)).toBe('@alice @ops #alerts @channel here (https://a.example) <b> &amp;');
});

it('shows plain text to the letter', () => {
  expect(show([{ type: 'section', text: { type: 'plain_text', text: '<@U0ALICE> &amp;' } }])).toBe(
    '<@U0ALICE> &amp;',
  );
});

it('shows blocks as lines, and what can be pressed in brackets', () => {
  const label = (text: string) => ({ type: 'plain_text', text });
  const blocks = [
    { type: 'header', text: label('One session') },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'alice on ' },
            { type: 'text', text: 'db-1', style: { bold: true } },
            { type: 'text', text: ' since ' },
            { type: 'date', timestamp: seconds, format: '{time}' },
          ],
        },
      ],
    },
    {
      type: 'section',
      fields: [label('VM'), label('db-1')],
      accessory: { type: 'overflow', options: [{ text: label('Details'), value: '1' }] },
    },
    { type: 'context', elements: [label('read at noon'), { type: 'mrkdwn', text: '*rule*' }] },
    { type: 'actions', elements: ['Approve', 'Deny'].map((text) => ({ type: 'button', text: label(text) })) },
  ];
  expect(show(blocks).split('\n')).toEqual([
    'ONE SESSION',
    'alice on db-1 since 13:00',
    'VM',
    'db-1 [⋯ Details]',
    'read at noon · *rule*',
    '[Approve] [Deny]',
  ]);
});
