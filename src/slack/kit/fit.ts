import type { Message } from './message.ts';

/** Slack refuses more with `msg_blocks_too_long`, which it does not document: https://github.com/slackapi/bolt-js/issues/2509 */
export const blocksLength = 12_000;

/** The message in the first of ever smaller rooms in which Slack takes its blocks; in the last, whatever its size. */
export function firstThatFits<Room>(
  [room, ...smaller]: readonly [Room, ...Room[]],
  messageIn: (room: Room) => Message,
): Message {
  const message = messageIn(room);
  const [next, ...rest] = smaller;
  if (next === undefined || JSON.stringify(message.blocks).length <= blocksLength) return message;
  return firstThatFits([next, ...rest], messageIn);
}
