import { describe, expect, it } from '@jest/globals';
import { barChart } from '../../../src/slack/kit/chart.ts';
import { drawnChart } from '../../../src/slack/kit/drawn-chart.ts';
import { validateBlocks } from '../../simulator/slack/blocks/validate.ts';
import { field, listField } from '../../simulator/slack/json.ts';

const series = new Map([
  ['By themselves', [2, 0, 96]],
  ['By the bot', [1, 0, 0]],
]);
const drawn = drawnChart(
  barChart({ title: 'Ended sessions', unit: 'Sessions' }, ['1 Nov', '2 Nov', '13 Nov'], series),
);

describe('a drawn chart', () => {
  it('has a line for each category, as long as the numbers say', () => {
    const [text] = drawn.elements.flatMap((part) =>
      listField(part, 'elements').map((each) => field(each, 'text')),
    );
    expect(text).toBe(`Ended sessions: █ By themselves  ▒ By the bot
 1 Nov █▒ 3
 2 Nov  0
13 Nov ████████████████████████ 96`);
  });

  it('is taken by Slack', () => {
    expect(validateBlocks([drawn], 'message')).toEqual([]);
  });
});
