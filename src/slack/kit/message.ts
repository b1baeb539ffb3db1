import type { KnownBlock } from '@slack/types';
import type { ChartBlock } from './chart.ts';

/** What a message view returns. `text` is a full sentence, for notifications and screen readers: they show it instead of the blocks. */
export interface Message {
  readonly text: string;
  readonly blocks: (KnownBlock | ChartBlock)[];
}
