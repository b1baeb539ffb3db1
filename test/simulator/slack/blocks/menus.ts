import { z } from 'zod';
import { checkInitial, checkOneKindOfOptions, option, optionGroup } from './options.ts';
import { confirm, id, plainText } from './text.ts';

/** Select menus, of one or of several. */

const menu = {
  action_id: id.optional(),
  placeholder: plainText(150).optional(),
  confirm: confirm.optional(),
  focus_on_load: z.boolean().optional(),
};
const several = { ...menu, max_selected_items: z.number().int().min(1).optional() };
const offered = {
  options: z.array(option).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};
const conversations = {
  default_to_current_conversation: z.boolean().optional(),
  filter: z
    .strictObject({
      include: z.array(z.enum(['im', 'mpim', 'private', 'public'])).optional(),
      exclude_external_shared_channels: z.boolean().optional(),
      exclude_bot_users: z.boolean().optional(),
    })
    .optional(),
};
const respondable = { response_url_enabled: z.boolean().optional() };
const ids = z.array(z.string()).optional();

export const menus = [
  z
    .strictObject({
      type: z.literal('static_select'),
      ...menu,
      ...offered,
      initial_option: option.optional(),
    })
    .superRefine(checkInitial)
    .superRefine(checkOneKindOfOptions),
  z.strictObject({
    type: z.literal('external_select'),
    ...menu,
    min_query_length: z.number().int().optional(),
    initial_option: option.optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: z.string().optional() }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...menu,
    ...respondable,
    initial_channel: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...menu,
    ...respondable,
    ...conversations,
    initial_conversation: z.string().optional(),
  }),
] as const;

export const multiMenus = [
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...several,
      ...offered,
      initial_options: z.array(option).optional(),
    })
    .superRefine(checkInitial)
    .superRefine(checkOneKindOfOptions),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...several,
    min_query_length: z.number().int().optional(),
    initial_options: z.array(option).optional(),
  }),
  z.strictObject({ type: z.literal('multi_users_select'), ...several, initial_users: ids }),
  z.strictObject({ type: z.literal('multi_channels_select'), ...several, initial_channels: ids }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...several,
    ...conversations,
    initial_conversations: ids,
  }),
] as const;
