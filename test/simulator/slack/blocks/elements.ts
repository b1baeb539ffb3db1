import { z } from 'zod';
import { checkInitial, overflowOption, richOption } from './options.ts';
import { confirm, id, plainText, style, url } from './text.ts';

/** Everything that is pressed or picked, apart from select menus and text inputs. */

const action = { action_id: id.optional(), confirm: confirm.optional() };
const focus = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(150).optional() };

export const button = z.strictObject({
  type: z.literal('button'),
  ...action,
  text: plainText(75),
  value: z.string().min(1).max(2000).optional(),
  url: url.optional(),
  style: style.optional(),
  accessibility_label: z.string().max(75).optional(),
});

export const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...action,
  options: z.array(overflowOption).min(1).max(5),
});

export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...action,
    ...focus,
    options: z.array(richOption).min(1).max(10),
    initial_options: z.array(richOption).min(1).optional(),
  })
  .superRefine(checkInitial);

export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...action,
    ...focus,
    options: z.array(richOption).min(1).max(10),
    initial_option: richOption.optional(),
  })
  .superRefine(checkInitial);

export const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...action,
  ...focus,
  ...placeholder,
  initial_date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
});

export const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...action,
  ...focus,
  ...placeholder,
  initial_time: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .optional(),
  timezone: z.string().optional(),
});

export const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...action,
  ...focus,
  initial_date_time: z.number().int().min(1_000_000_000).max(9_999_999_999).optional(),
});

const slackFile = z.union([z.strictObject({ id: z.string() }), z.strictObject({ url })]);

/** An image is named by its address or by a file in Slack; a block and an element share this. */
export const picture = {
  image_url: url.optional(),
  slack_file: slackFile.optional(),
  alt_text: z.string().min(1).max(2000),
};

export function checkPicture(
  image: { readonly image_url?: unknown; readonly slack_file?: unknown },
  context: z.RefinementCtx,
): void {
  if ((image.image_url === undefined) !== (image.slack_file === undefined)) return;
  context.addIssue({ code: 'custom', message: 'needs either image_url or slack_file' });
}

export const imageElement = z
  .strictObject({ type: z.literal('image'), ...picture })
  .superRefine(checkPicture);
