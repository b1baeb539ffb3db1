import { randomUUID } from 'node:crypto';
import type { Json } from '../simulator/slack/json.ts';
import type { World } from '../simulator/slack/world.ts';

export interface ForgedClick {
  readonly by: string;
  readonly actionId: string;
  readonly value: string;
  /** Beside or instead of what Slack sends. */
  readonly beside?: Json;
}

export interface ForgedForm {
  readonly by: string;
  readonly callbackId: string;
  readonly privateMetadata: string;
  readonly typed?: string;
  readonly ticked?: readonly string[];
}

type Sender = Pick<World, 'team' | 'bot'>;

/** A click as Slack tells of it, with whatever ids. */
export function clickPayload({ by, actionId, value, beside }: ForgedClick, world: Sender): Json {
  return {
    type: 'block_actions',
    ...common(by, world),
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value }],
    ...beside,
  };
}

/** A form as Slack tells that it was sent, though nobody was shown it. */
export function formPayload(
  { by, callbackId, privateMetadata, typed = '', ticked = [] }: ForgedForm,
  world: Sender,
): Json {
  const boxes = { type: 'checkboxes', initial_options: ticked.map((value) => ({ value })) };
  const input = { a: { type: 'plain_text_input', value: typed } };
  return {
    type: 'view_submission',
    ...common(by, world),
    view: {
      id: 'V1',
      hash: '1',
      type: 'modal',
      callback_id: callbackId,
      private_metadata: privateMetadata,
      blocks: [{ type: 'input', block_id: 'ticked', element: boxes }],
      state: { values: { reason: input, snooze_reason: input } },
    },
  };
}

function common(by: string, { team, bot }: Sender): Json {
  return {
    user: { id: by, team_id: team.id },
    team: { id: team.id },
    api_app_id: bot.appId,
    trigger_id: `${randomUUID()}.1`,
  };
}
