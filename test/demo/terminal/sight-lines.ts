import type { Message } from '../../simulator/slack/messages.ts';
import { renderView } from '../../simulator/slack/render/message.ts';
import type { Reader } from '../../simulator/slack/render/reader.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import type { View } from '../../simulator/slack/views.ts';
import { called } from '../world/cast.ts';
import { editLines, messageLines } from './message-lines.ts';
import type { Sight } from './sights.ts';

/** What somebody sees, in plain text. */
export interface SeenLines {
  /** Where it is, and so who sees it: `#alerts`, `only Alice`. */
  readonly place: string;
  /** Whether it is new. */
  readonly what: string;
  readonly lines: readonly string[];
}

/** `reader` stands for whoever sees it. */
export function sightLines(sight: Sight, slack: SlackSimulator, reader: Reader): SeenLines {
  switch (sight.is) {
    case 'posted':
      return { place: placeOf(sight.message, slack), what: 'new', lines: messageLines(sight.shows, reader) };
    case 'edited': {
      const { message, shows, showed } = sight;
      const place = placeOf(message, slack);
      const lines = messageLines(shows, reader);
      if (message.onlyFor !== undefined) return { place, what: 'replaced', lines };
      return { place, what: 'edited', lines: editLines(messageLines(showed, reader), lines) };
    }
    case 'deleted':
      return { place: placeOf(sight.message, slack), what: 'deleted', lines: [] };
    case 'form':
      return {
        place: `in front of ${memberNamed(sight.by.id, slack)}`,
        what: 'a form',
        lines: formLines(sight.view, reader),
      };
    case 'notice':
      return {
        place: `only ${memberNamed(sight.by.id, slack)}`,
        what: 'Slack itself says',
        lines: [sight.words],
      };
  }
}

function placeOf({ channel, onlyFor }: Message, slack: SlackSimulator): string {
  const { kind, name, members } = slack.channel(channel).settings;
  const isDirect = kind === 'direct';
  if (onlyFor !== undefined) {
    const reader = memberNamed(onlyFor, slack);
    return isDirect ? `only ${reader}` : `only ${reader}, in #${name}`;
  }
  return isDirect
    ? `direct message to ${[...members].map((id) => memberNamed(id, slack)).join(', ')}`
    : `#${name}`;
}

function memberNamed(id: string, { world }: SlackSimulator): string {
  return called(world.people.get(id)?.name ?? id);
}

function formLines({ content, errors }: View, reader: Reader): string[] {
  const [title = '', ...lines] = renderView(content, reader).split('\n');
  const marks = Object.values(errors).map((error) => `Marked in red: ${error}`);
  return [title, ...marks, ...lines.map((line) => line.replace(/\{\}$/, '__________'))];
}
