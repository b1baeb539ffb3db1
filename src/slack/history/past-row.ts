import type { RichTextBlock } from '@slack/types';
import type { PastSession } from '../../domain/history/past-session.ts';
import { pastEnding } from '../../wording/past-ending.ts';
import { fullSessionName, lasted } from '../../wording/session-facts.ts';
import type { LineRoom } from '../../wording/session-line.ts';
import { wayLine } from '../../wording/session-line.ts';
import { at } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { lines } from '../kit/blocks.ts';

export function pastRow(past: PastSession, room: LineRoom): RichTextBlock {
  const { session, host } = past;
  const name = bold(words`${fullSessionName(session, room.name)}`);
  return lines(
    words`${name} for ${lasted(past)}, ${endedAt(past)}, ${pastEnding(past)}`,
    wayLine(session, host.name, room),
  );
}

/** As far as is known; of a lost one, when it was last seen. */
function endedAt({ how, seenAt, closedAt }: PastSession): Words {
  return how.is === 'lost' ? words`last seen ${at(seenAt)}` : words`until ${at(closedAt)}`;
}
