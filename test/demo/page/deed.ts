import { z } from 'zod';
import { healths } from '../../simulator/azure/healths.ts';

const as = z.string();
const entered = z.union([z.string(), z.array(z.string()).readonly()]);
const text = z.string().max(500);
/** What stands in the inputs of a view, by `block_id`. */
const form = z.record(z.string(), entered);

/** Where something is used: a message, or a view by its id. */
const place = z.union([
  z.strictObject({ channel: z.string(), ts: z.string() }),
  z.strictObject({ view: z.string() }),
]);

/** What somebody at the page does in Slack. */
export const personDeed = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('command'), as, typed: z.string().max(3000), channel: z.string() }),
  z.strictObject({
    do: z.literal('use'),
    as,
    place,
    blockId: z.string(),
    actionId: z.string(),
    entered: entered.optional(),
    form,
  }),
  z.strictObject({ do: z.literal('submit'), as, view: z.string(), form }),
  z.strictObject({ do: z.literal('close'), as, view: z.string() }),
  z.strictObject({ do: z.literal('openHome'), as }),
]);

/** What somebody at the page does to Azure. */
export const azureDeed = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('startSession'),
    host: z.string(),
    vm: text.min(1),
    login: text,
    protocol: z.enum(['ssh', 'rdp']),
    ageMinutes: z.number().min(0).max(1_000_000),
    ghost: z.boolean(),
  }),
  z.strictObject({ do: z.literal('endSession'), host: z.string(), session: z.string() }),
  z.strictObject({ do: z.literal('setHealth'), host: z.string(), health: z.enum(healths) }),
]);

/** What somebody at the page does to the demo itself. */
export const demoDeed = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('playStory') }),
  z.strictObject({ do: z.literal('stopStory') }),
  z.strictObject({ do: z.literal('restartBot') }),
]);

export const deed = z.union([personDeed, azureDeed, demoDeed]);

export type PersonDeed = z.infer<typeof personDeed>;
export type AzureDeed = z.infer<typeof azureDeed>;
export type Deed = z.infer<typeof deed>;
export type Place = z.infer<typeof place>;
