import { z } from 'zod';
import type { Entered } from '../action.ts';

const inputState = z.looseObject({
  value: z.string().nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
  selected_options: z.array(z.looseObject({ value: z.string() })).nullish(),
  selected_date_time: z.number().nullish(),
});

const inputBlock = z.looseObject({
  block_id: z.string(),
  element: z.looseObject({
    type: z.string(),
    initial_value: z.string().optional(),
    initial_options: z.array(z.looseObject({ value: z.string() })).optional(),
  }),
});

/** The parts of a view in a payload that say what stands in its inputs. */
export const enteredView = z.object({
  private_metadata: z.string().default(''),
  blocks: z.array(z.unknown()).default([]),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), inputState)) }).nullish(),
});

/** What nobody has touched may be missing in the state: then it is what the view began with. */
export function enteredIn({ private_metadata, blocks, state }: z.output<typeof enteredView>): Entered {
  const inputs = blocks.flatMap((block) => inputBlock.safeParse(block).data ?? []);
  const stateOf = (blockId: string) => Object.values(state?.values[blockId] ?? {})[0];
  const elementOf = (blockId: string) => inputs.find((block) => block.block_id === blockId)?.element;
  return {
    privateMetadata: private_metadata,
    text: (blockId) => {
      const touched = stateOf(blockId);
      return (touched ? touched.value : elementOf(blockId)?.initial_value) ?? '';
    },
    checked: inputs
      .filter(({ element }) => element.type === 'checkboxes')
      .flatMap(
        ({ block_id, element }) => stateOf(block_id)?.selected_options ?? element.initial_options ?? [],
      )
      .map(({ value }) => value),
    choice: (blockId) => stateOf(blockId)?.selected_option?.value ?? '',
    instant: (blockId) => {
      const seconds = stateOf(blockId)?.selected_date_time;
      return typeof seconds === 'number' ? seconds * 1000 : undefined;
    },
  };
}
