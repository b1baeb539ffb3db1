import { field, textField } from '../simulator/slack/json.ts';
import type { Message } from '../simulator/slack/messages.ts';
import { current } from '../simulator/slack/messages.ts';

/** The name of the card that a message bears, e.g. `request/<id>/approvals`. */
export function cardOf(message: Message): string | undefined {
  const marked = message.versions.findLast(({ metadata }) => metadata !== undefined);
  return textField(field(marked?.metadata, 'event_payload'), 'card');
}

export function isVisible(message: Message): boolean {
  return message.deletedAt === undefined;
}

export function reads(message: Message): string {
  return current(message).text;
}
