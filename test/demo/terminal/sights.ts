import type { Message, Version } from '../../simulator/slack/messages.ts';
import type { Person } from '../../simulator/slack/person.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import type { View } from '../../simulator/slack/views.ts';

/** Something that somebody newly sees in Slack. */
export type Sight =
  | { readonly is: 'posted'; readonly message: Message; readonly shows: Version }
  | { readonly is: 'edited'; readonly message: Message; readonly shows: Version; readonly showed: Version }
  | { readonly is: 'deleted'; readonly message: Message }
  /** A modal that opened, or that shows something else now. */
  | { readonly is: 'form'; readonly by: Person; readonly view: View }
  | { readonly is: 'notice'; readonly by: Person; readonly words: string };

/** Tells everything once, in the order in which it happens. Returns what ends it. */
export function trackSights(
  slack: SlackSimulator,
  people: readonly Person[],
  see: (sight: Sight) => void,
): () => void {
  const versionsSeen = new Map<Message, number>();
  const deletedSeen = new Set<Message>();
  const formSeen = new Map<Person, View>();
  const noticesSeen = new Map<Person, number>();

  const lookAtMessage = (message: Message) => {
    let showed: Version | undefined;
    const seen = versionsSeen.get(message) ?? 0;
    for (const [index, shows] of message.versions.entries()) {
      if (index >= seen)
        see(showed ? { is: 'edited', message, shows, showed } : { is: 'posted', message, shows });
      showed = shows;
    }
    versionsSeen.set(message, message.versions.length);
    if (message.deletedAt === undefined || deletedSeen.has(message)) return;
    deletedSeen.add(message);
    see({ is: 'deleted', message });
  };
  const lookAtClient = (by: Person) => {
    const view = by.modal;
    if (view && view !== formSeen.get(by)) see({ is: 'form', by, view });
    if (view) formSeen.set(by, view);
    for (const words of by.notices.slice(noticesSeen.get(by))) see({ is: 'notice', by, words });
    noticesSeen.set(by, by.notices.length);
  };
  return slack.changes.subscribe(() => {
    for (const message of slack.messages) lookAtMessage(message);
    for (const person of people) lookAtClient(person);
  });
}
