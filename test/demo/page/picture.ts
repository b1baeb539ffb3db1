import type { Message } from '../../simulator/slack/messages.ts';
import { current } from '../../simulator/slack/messages.ts';
import type { Person } from '../../simulator/slack/person.ts';
import type { View } from '../../simulator/slack/views.ts';
import type { Parts, Patch, ShownMessage, ShownView } from './shown.ts';

const mostMessages = 200;

/** All that is to be seen, except messages and views, which depend on who looks. */
export type Surroundings = Omit<Parts, 'modals' | 'home' | 'notices'>;

/** Looks again and again, and says each time what is new since the last time. */
export function changesFor(person: Person, surroundings: () => Surroundings): () => Patch | undefined {
  const partsSent = new Map<string, string>();
  let messagesSent = new Map<Message, number>();
  let isFirst = true;

  return () => {
    const parts: Parts = {
      ...surroundings(),
      modals: person.modals.map(shownView),
      home: person.home ? shownView(person.home) : null,
      notices: person.notices.map((words, id) => ({ id, words })).slice(-3),
    };
    const newParts = Object.entries(parts).filter(([name, value]) => {
      const text = JSON.stringify(value);
      const isNew = partsSent.get(name) !== text;
      partsSent.set(name, text);
      return isNew;
    });
    const seen = new Map(
      person
        .messages()
        .slice(-mostMessages)
        .map((message) => [message, message.versions.length]),
    );
    const news = [...seen].filter(([message, versions]) => messagesSent.get(message) !== versions);
    const gone = [...messagesSent.keys()].filter((message) => !seen.has(message));
    const isWhole = isFirst;
    isFirst = false;
    messagesSent = seen;
    if (!isWhole && newParts.length + news.length + gone.length === 0) return undefined;
    return {
      isWhole,
      parts: Object.fromEntries(newParts),
      messages: news.map(([message]) => shownMessage(message)),
      gone: gone.map(keyOf),
    };
  };
}

function shownMessage(message: Message): ShownMessage {
  const { channel, ts, threadTs, onlyFor, versions } = message;
  const { text, blocks } = current(message);
  return {
    key: keyOf(message),
    channel,
    ts,
    ...(threadTs !== undefined && { threadTs }),
    isPrivate: onlyFor !== undefined,
    edits: versions.length - 1,
    text,
    blocks,
  };
}

function shownView({ id, content, errors }: View): ShownView {
  return { id, content, errors };
}

function keyOf({ channel, ts }: Message): string {
  return `${channel}/${ts}`;
}
