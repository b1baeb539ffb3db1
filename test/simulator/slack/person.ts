import type { Acts } from './acts.ts';
import { createActs } from './acts.ts';
import type { Delivery } from './delivery.ts';
import type { Message } from './messages.ts';
import type { Reader } from './render/reader.ts';
import type { View } from './views.ts';
import type { Workspace } from './workspace.ts';
import { directChannel, nameOf } from './world.ts';

/** Somebody at their Slack client: what they see, and what they do. */
export interface Person extends Reader, Acts {
  readonly id: string;
  /** What this person can see now, in one channel or everywhere, oldest first. */
  messages(channel?: string): readonly Message[];
  /** Their conversation with the bot. */
  readonly direct: readonly Message[];
  /** Answers that only they see. */
  readonly ephemerals: readonly Message[];
  /** The next answer that only they see, each once; waits for it. */
  nextEphemeral(timeoutMs?: number): Promise<Message>;
  readonly modals: readonly View[];
  /** The topmost modal. */
  readonly modal: View | undefined;
  readonly home: View | undefined;
  /** What their client told them went wrong, e.g. `/bastion failed with the error "operation_timeout"`. */
  readonly notices: readonly string[];
}

export function createPerson(
  id: string,
  workspace: Workspace,
  delivery: Delivery,
  absolute: (path: string) => string,
): Person {
  const { world, messages, views, changes, clock } = workspace;
  const member = world.people.get(id);
  if (!member) throw new Error(`there is nobody with the id ${id}`);
  const notices: string[] = [];
  let taken = 0;

  const reader = { timeZone: member.timeZone, now: clock, nameOf: (named: string) => nameOf(world, named) };
  const sees = (message: Message) =>
    message.deletedAt === undefined &&
    (message.onlyFor === undefined || message.onlyFor === id) &&
    world.channels.get(message.channel)?.members.has(id) === true;
  const acts = createActs({
    member,
    reader,
    sees,
    workspace,
    delivery,
    absolute,
    tell: (notice) => {
      notices.push(notice);
      changes.note();
    },
  });

  return {
    id,
    ...reader,
    ...acts,
    notices,
    messages: (channel) =>
      messages.all.filter((each) => (channel === undefined || each.channel === channel) && sees(each)),
    get direct() {
      const { id: channel } = directChannel(world, id);
      return messages.all.filter((message) => message.channel === channel && sees(message));
    },
    get ephemerals() {
      return messages.onlyFor(id).filter(sees);
    },
    nextEphemeral: (timeoutMs) =>
      changes.until(
        () => {
          const next = messages.onlyFor(id)[taken];
          if (next) taken += 1;
          return next;
        },
        `a private answer to ${member.name}`,
        timeoutMs,
      ),
    get modals() {
      return views.stackOf(id);
    },
    get modal() {
      return views.stackOf(id).at(-1);
    },
    get home() {
      return views.homeOf(id);
    },
  };
}
