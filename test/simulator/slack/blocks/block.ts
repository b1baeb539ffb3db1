import { z } from 'zod';
import { dataVisualization, dataVisualizationType } from './charts.ts';
import {
  button,
  checkboxes,
  checkPicture,
  datepicker,
  datetimepicker,
  imageElement,
  overflow,
  picture,
  radioButtons,
  timepicker,
} from './elements.ts';
import { textInputs } from './inputs.ts';
import { menus, multiMenus } from './menus.ts';
import { richText } from './rich-text.ts';
import { dataTable, table } from './tables.ts';
import { anyText, id, mrkdwn, plainText } from './text.ts';

/**
 * Which blocks stand where, and what each may hold. Types that the bot does not send are unknown here.
 * https://docs.slack.dev/reference/block-kit/blocks
 */

const block = { block_id: id.optional() };
const picked = [checkboxes, radioButtons, datepicker, timepicker, ...menus, ...multiMenus] as const;

const section = z
  .strictObject({
    type: z.literal('section'),
    ...block,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: z.discriminatedUnion('type', [button, overflow, imageElement, ...picked]).optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, 'needs text or fields');

const actions = z.strictObject({
  type: z.literal('actions'),
  ...block,
  elements: z
    .array(z.discriminatedUnion('type', [button, overflow, datetimepicker, ...picked]))
    .min(1)
    .max(25),
});

const context = z.strictObject({
  type: z.literal('context'),
  ...block,
  elements: z
    .array(z.discriminatedUnion('type', [imageElement, plainText(2000), mrkdwn(2000)]))
    .min(1)
    .max(10),
});

const input = z.strictObject({
  type: z.literal('input'),
  ...block,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.discriminatedUnion('type', [...textInputs, datetimepicker, ...picked]),
});

const image = z
  .strictObject({ type: z.literal('image'), ...block, ...picture, title: plainText(2000).optional() })
  .superRefine(checkPicture);

const everywhere = [
  section,
  actions,
  context,
  input,
  image,
  richText,
  z.strictObject({ type: z.literal('divider'), ...block }),
  z.strictObject({ type: z.literal('header'), ...block, text: plainText(150) }),
] as const;

const markdown = z.strictObject({
  type: z.literal('markdown'),
  ...block,
  text: z.string().min(1).max(12_000),
});

const alert = z.strictObject({
  type: z.literal('alert'),
  ...block,
  text: anyText(200),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

export type Surface = 'message' | 'modal' | 'home';

export const blocksOn = {
  message: z
    .array(z.discriminatedUnion('type', [...everywhere, markdown, table, dataTable, dataVisualization]))
    .max(50)
    .refine(
      (blocks) => blocks.filter(({ type }) => type === dataVisualizationType).length <= 2,
      'two charts at most',
    ),
  modal: z.array(z.discriminatedUnion('type', [...everywhere, alert])).max(100),
  home: z.array(z.discriminatedUnion('type', [...everywhere, dataTable])).max(100),
} satisfies Record<Surface, z.ZodType>;
