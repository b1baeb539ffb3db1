import { z } from 'zod';
import { isSlashCommand } from '../../domain/kit/slash-command.ts';
import type { Person } from '../../domain/people/person.ts';
import { enteredIn, enteredView } from './entered.ts';

/** Ids become keys, are remembered and are written down, so that none may be as long as its sender likes. */
export const slackId = z.string().min(1).max(64);
const triggerId = z.string().min(1).max(255);
/** Slack's own limits for names and values of what can be pressed or sent. */
const actionId = z.string().max(255);
const pressed = z.string().max(2000);

/** The parts of Slack's payloads that we read. Enterprise Grid may send `team: null`. */
const user = z.object({ id: slackId, team_id: z.string().max(64).nullish() });

export const commandPayload = z
  .object({
    user_id: slackId,
    team_id: z.string().max(64).nullish(),
    command: z.string().optional(),
    text: z.string().default(''),
    response_url: z.string().min(1),
    trigger_id: triggerId.optional(),
  })
  .transform(({ user_id, team_id, command, text, response_url, trigger_id }) => ({
    by: person({ id: user_id, team_id }),
    command: command !== undefined && isSlashCommand(command) ? command : undefined,
    text,
    responseUrl: response_url,
    triggerId: trigger_id,
  }));

export const clickPayload = z
  .object({
    user,
    trigger_id: triggerId,
    response_url: z.string().optional(),
    view: enteredView.extend({ id: z.string(), hash: z.string(), type: z.string().optional() }).nullish(),
    actions: z
      .array(
        z.object({
          action_id: actionId,
          value: pressed.optional(),
          selected_option: z.object({ value: pressed }).nullish(),
        }),
      )
      .min(1),
  })
  .transform(({ user: clicker, trigger_id, response_url, actions, view }) => ({
    by: person(clicker),
    view: view ?? undefined,
    entered: view ? enteredIn(view) : undefined,
    triggerId: trigger_id,
    responseUrl: response_url,
    actionId: actions[0]?.action_id ?? '',
    value: actions[0]?.value ?? actions[0]?.selected_option?.value ?? '',
  }));

export const formPayload = z
  .object({
    user,
    trigger_id: triggerId.nullish(),
    view: enteredView.extend({ callback_id: actionId }),
  })
  .transform(({ user: sender, view, trigger_id }) => ({
    form: { by: person(sender), ...enteredIn(view) },
    callbackId: view.callback_id,
    triggerId: trigger_id ?? undefined,
  }));

export const homeOpenedPayload = z
  .object({ event: z.object({ user: slackId, tab: z.string() }) })
  .transform(({ event: { user, tab } }) => ({ user, isHome: tab === 'home' }));

/** What receivers hand to Bolt beside a payload: a name of the delivery, for a kind that bears no trigger. */
export interface Delivered {
  readonly deliveryId: string;
}

const delivered = z.object({ deliveryId: z.string().min(1) });

export function deliveryIn(context: object): string | undefined {
  return delivered.safeParse(context).data?.deliveryId;
}

function person({
  id,
  team_id,
}: {
  readonly id: string;
  readonly team_id?: string | null | undefined;
}): Person {
  return { id, ...(team_id && { teamId: team_id }) };
}
