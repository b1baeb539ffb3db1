import { z } from 'zod';
import { id, plainText } from './text.ts';

/** The frame of a view; its blocks are checked apart. */

const common = {
  blocks: z.array(z.unknown()),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: id.optional(),
};

export const modalFrame = z.strictObject({
  type: z.literal('modal'),
  ...common,
  title: plainText(24),
  submit: plainText(24).optional(),
  close: plainText(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});

export const homeFrame = z.strictObject({ type: z.literal('home'), ...common });
