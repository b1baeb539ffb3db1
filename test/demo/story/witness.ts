import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from '../../simulator/slack/messages.ts';
import { current } from '../../simulator/slack/messages.ts';
import type { Person } from '../../simulator/slack/person.ts';
import { renderText } from '../../simulator/slack/render/message.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';

/** Somebody who waits for what happens in Slack from now on; every wait rejects when the signal is given. */
export interface Witness {
  readonly pause: (ms: number) => Promise<void>;
  /** The step's result, unless the signal comes first. */
  readonly unlessEnded: <T>(step: Promise<T>) => Promise<T>;
  readonly until: <T>(probe: () => T | undefined | false, what: string) => Promise<T>;
  /** A new message that reads so to this person. */
  readonly untilReads: (reader: Person, wanted: RegExp, what: string) => Promise<Message>;
  /** A new message that this person alone sees. */
  readonly untilToldAlone: (reader: Person, what: string) => Promise<Message>;
}

export const patienceMs = 40_000;

export function witness(slack: SlackSimulator, signal: AbortSignal): Witness {
  const old = new Set(slack.messages);
  const ended = new Promise<never>((_, reject) => {
    const end = () => reject(new Error('ended'));
    signal.addEventListener('abort', end, { once: true });
  });
  ended.catch(() => undefined);
  const unlessEnded = async <T>(step: Promise<T>): Promise<T> => Promise.race([step, ended]);
  const until = async <T>(probe: () => T | undefined | false, what: string) =>
    unlessEnded(slack.changes.until(probe, what, patienceMs));
  return {
    unlessEnded,
    until,
    pause: async (ms) => delay(ms, undefined, { signal }),
    untilReads: async (reader, wanted, what) =>
      until(
        () =>
          reader
            .messages()
            .find((message) => !old.has(message) && wanted.test(renderText(current(message), reader))),
        what,
      ),
    untilToldAlone: async (reader, what) => {
      const told = await until(() => reader.ephemerals.find((message) => !old.has(message)), what);
      old.add(told);
      return told;
    },
  };
}
