import { describe, expect, it } from '@jest/globals';
import { enteredIn, enteredView } from '../../../src/slack/wire/entered.ts';

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });
const boxes = (blockId: string, ticked: readonly string[]) => ({
  type: 'input',
  block_id: blockId,
  element: {
    type: 'checkboxes',
    action_id: 'sessions',
    options: [option('a'), option('b')],
    ...(ticked.length > 0 && { initial_options: ticked.map(option) }),
  },
});
const filter = {
  type: 'input',
  block_id: 'filter',
  element: { type: 'plain_text_input', action_id: 'typed', initial_value: 'prod' },
};
const blocks = [{ type: 'section' }, boxes('first', ['a']), boxes('second', []), filter];
const entered = (values: object) => enteredIn(enteredView.parse({ blocks, state: { values } }));

describe('what stands in the inputs of a form', () => {
  it('is what was ticked and typed, in every block', () => {
    const { checked, text } = entered({
      first: { sessions: { type: 'checkboxes', selected_options: [] } },
      second: { sessions: { type: 'checkboxes', selected_options: [option('b')] } },
      filter: { typed: { type: 'plain_text_input', value: 'dev' } },
    });
    expect(checked).toEqual(['b']);
    expect(text('filter')).toBe('dev');
  });

  it('is what it began with where Slack says nothing of it', () => {
    expect(entered({}).checked).toEqual(['a']);
    expect(entered({}).text('filter')).toBe('prod');
    expect(enteredIn(enteredView.parse({ blocks })).checked).toEqual(['a']);
  });

  it('is nothing where it was emptied', () => {
    expect(entered({ filter: { typed: { type: 'plain_text_input', value: null } } }).text('filter')).toBe('');
    expect(entered({}).text('no such block')).toBe('');
  });
});
