import { describe, expect, it } from '@jest/globals';
import { validateBlocks, validateView } from './slack/blocks/validate.ts';

const text = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const button = (id: string, more: object = {}) => ({ type: 'button', action_id: id, text: text(8), ...more });
const section = (more: object = {}) => ({
  type: 'section',
  text: { type: 'mrkdwn', text: 'hello' },
  ...more,
});

describe('blocks of a message', () => {
  it('are taken when they keep to every limit', () => {
    const blocks = [
      { type: 'header', text: { ...text(150), emoji: false } },
      section({ block_id: 'row-1', accessory: button('disconnect', { style: 'danger' }) }),
      { type: 'context', elements: [{ type: 'mrkdwn', text: '<!date^1700000000^{time}|then>' }] },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }],
      },
      { type: 'divider' },
      { type: 'actions', elements: [button('a'), button('b', { value: 'v'.repeat(2000) })] },
    ];
    expect(validateBlocks(blocks, 'message')).toEqual([]);
  });

  it.each([
    ['an unknown block', { type: 'sektion' }],
    ['an unknown element', { type: 'actions', elements: [{ type: 'knob' }] }],
    ['an unknown field', section({ colour: 'red' })],
    ['a header over 150 characters', { type: 'header', text: text(151) }],
    ['a header in mrkdwn', { type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
    ['a section over 3000 characters', section({ text: text(3001) })],
    ['a section without text', { type: 'section' }],
    ['an empty text', section({ text: text(0) })],
    ['eleven fields', section({ fields: Array.from({ length: 11 }, () => text(1)) })],
    ['a button label over 75 characters', { type: 'actions', elements: [button('a', { text: text(76) })] }],
    ['a button value over 2000', { type: 'actions', elements: [button('a', { value: 'v'.repeat(2001) })] }],
    ['an action id twice in a block', { type: 'actions', elements: [button('a'), button('a')] }],
    ['no elements', { type: 'actions', elements: [] }],
    ['an input that stands alone', { type: 'plain_text_input', action_id: 'a' }],
    ['six overflow options', section({ accessory: { type: 'overflow', options: options(6) } })],
    ['a modal-only block', { type: 'alert', text: text(5) }],
    ['an empty rich text element', richText({ type: 'text', text: '' })],
  ])('are refused with %s', (_, block) => {
    expect(validateBlocks([block], 'message')).not.toEqual([]);
  });

  it('are refused when a block id stands twice', () => {
    const problems = validateBlocks([section({ block_id: 'a' }), section({ block_id: 'a' })], 'message');
    expect(problems).toEqual(['/blocks: block_id "a" is used more than once']);
  });

  it('are refused above fifty', () => {
    const blocks = Array.from({ length: 51 }, () => ({ type: 'divider' }));
    expect(validateBlocks(blocks, 'message')).not.toEqual([]);
    expect(validateBlocks(blocks, 'modal')).toEqual([]);
  });

  it('are refused above 12,000 characters together', () => {
    const blocks = Array.from({ length: 5 }, () => section({ text: text(2900) }));
    expect(validateBlocks(blocks.slice(0, 4), 'message')).toEqual([]);
    expect(validateBlocks(blocks, 'message')).toHaveLength(1);
  });

  it('name the place of the mistake', () => {
    const [problem] = validateBlocks([{ type: 'divider' }, section({ text: text(3001) })], 'message');
    expect(problem).toMatch(/^\/blocks\/1\/text\/text: /);
  });

  it('refuse an initial option that is not offered', () => {
    const [first, second] = options(2);
    const menu = { type: 'static_select', options: [first], initial_option: second };
    expect(validateBlocks([section({ accessory: menu })], 'message')).not.toEqual([]);
  });
});

describe('a modal', () => {
  const reason = {
    type: 'input',
    label: text(6),
    element: { type: 'plain_text_input', action_id: 'reason' },
  };
  const modal = (more: object = {}) => ({
    type: 'modal',
    title: text(24),
    submit: text(6),
    blocks: [section(), reason],
    ...more,
  });

  it('is taken when it keeps to every limit', () => {
    expect(validateView(modal({ private_metadata: 'm'.repeat(3000) }))).toEqual([]);
  });

  it.each([
    ['a title over 24 characters', { title: text(25) }],
    ['private metadata over 3000 characters', { private_metadata: 'm'.repeat(3001) }],
    ['an input and no submit', { submit: undefined }],
    ['a block that only messages have', { blocks: [{ type: 'markdown', text: 'a' }] }],
  ])('is refused with %s', (_, more) => {
    expect(validateView(modal(more))).not.toEqual([]);
  });
});

function options(count: number) {
  return Array.from({ length: count }, (_, index) => ({ text: text(3), value: String(index) }));
}

function richText(element: object) {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [element] }] };
}

describe('a chart', () => {
  const series = (name: string, labels: readonly string[], value = 1) => ({
    name,
    data: labels.map((label) => ({ label, value })),
  });
  const bars = (all: readonly object[], categories: readonly string[], more: object = {}) => ({
    type: 'data_visualization',
    title: 'Ended',
    chart: { type: 'bar', series: all, axis_config: { categories, ...more } },
  });
  const many = (count: number) => Array.from({ length: count }, (_, index) => `day ${index}`);
  const full = bars(
    many(6).map((name) => series(name, many(20))),
    many(20),
    { y_label: 'x'.repeat(50) },
  );

  it('is taken up to its limits, twice in a message', () => {
    expect(validateBlocks([full], 'message')).toEqual([]);
    const pie = { type: 'pie', segments: [{ label: 'a', value: 1 }] };
    const small = { type: 'data_visualization', title: 'x'.repeat(50), chart: pie };
    expect(validateBlocks([small, small], 'message')).toEqual([]);
    expect(validateBlocks([small, small, small], 'message')).not.toEqual([]);
  });

  it.each([
    ['with a title over 50 characters', { ...full, title: 'x'.repeat(51) }],
    [
      'with seven series',
      bars(
        many(7).map((name) => series(name, ['a'])),
        ['a'],
      ),
    ],
    ['with 21 points', bars([series('s', many(21))], many(21))],
    ['with a label over 20 characters', bars([series('s', ['x'.repeat(21)])], ['x'.repeat(21)])],
    ['with a series that lacks a point', bars([series('s', ['a'])], ['a', 'b'])],
    ['with two series of one name', bars([series('s', ['a']), series('s', ['a'])], ['a'])],
    ['with an axis label over 50 characters', bars([series('s', ['a'])], ['a'], { y_label: 'x'.repeat(51) })],
    ['of nothing', bars([], ['a'])],
    [
      'with a slice of nothing',
      {
        type: 'data_visualization',
        title: 't',
        chart: { type: 'pie', segments: [{ label: 'a', value: 0 }] },
      },
    ],
  ])('is refused %s', (_, block) => {
    expect(validateBlocks([block], 'message')).not.toEqual([]);
  });

  it('is refused on App Home and in modals', () => {
    for (const surface of ['home', 'modal'] as const) {
      expect(validateBlocks([full], surface)).not.toEqual([]);
    }
  });
});
