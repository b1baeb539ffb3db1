import type { Json } from './json.ts';

export interface Content {
  readonly text: string;
  /** Each with the `block_id` and `action_id`s that Slack gave it where the app gave none. */
  readonly blocks: readonly Json[];
  readonly metadata?: Json;
}

export interface Version extends Content {
  readonly at: number;
}

export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  /** Where it was not the bot. */
  readonly by?: Author;
  /** Visible to this person only. */
  readonly onlyFor?: string;
  /** The first as it was posted, the last as it stands. */
  readonly versions: readonly [Version, ...Version[]];
  readonly deletedAt?: number;
}

/** A person, or another app. */
export interface Author {
  readonly userId: string;
  readonly botId?: string;
  readonly appId?: string;
}

export type Posting = Pick<Message, 'by' | 'channel' | 'threadTs' | 'onlyFor'>;

export interface Messages {
  /** Everything ever posted, the deleted ones too. */
  readonly all: readonly Message[];
  post(posting: Posting, content: Content): Message;
  update(message: Message, content: Content): void;
  delete(message: Message): void;
  find(channel: string, ts: string): Message | undefined;
  /** What was ever said to this person only. */
  onlyFor(personId: string): readonly Message[];
}

export function current(message: Message): Version {
  return message.versions.at(-1) ?? message.versions[0];
}

interface Stored extends Message {
  versions: [Version, ...Version[]];
  deletedAt?: number;
}

export function createMessages(clock: () => number, nextTs: () => string, changed: () => void): Messages {
  const all: Stored[] = [];
  const byAddress = new Map<string, Stored>();
  const byPerson = new Map<string, Stored[]>();
  const onlyFor = (personId: string) => {
    const list = byPerson.get(personId) ?? [];
    byPerson.set(personId, list);
    return list;
  };
  const stored = (message: Message) => {
    const found = byAddress.get(address(message.channel, message.ts));
    if (!found) throw new Error(`no message ${message.ts} in ${message.channel}`);
    return found;
  };
  return {
    all,
    post: (posting, content) => {
      const message: Stored = { ...posting, ts: nextTs(), versions: [{ ...content, at: clock() }] };
      all.push(message);
      if (posting.onlyFor !== undefined) onlyFor(posting.onlyFor).push(message);
      byAddress.set(address(message.channel, message.ts), message);
      changed();
      return message;
    },
    update: (message, content) => {
      stored(message).versions.push({ ...content, at: clock() });
      changed();
    },
    delete: (message) => {
      stored(message).deletedAt = clock();
      changed();
    },
    onlyFor,
    find: (channel, ts) => byAddress.get(address(channel, ts)),
  };
}

function address(channel: string, ts: string): string {
  return `${channel}/${ts}`;
}
