import type { Person } from '../domain/people/person.ts';
import type { Ports } from '../ports/ports.ts';
import type { Message } from './kit/message.ts';

/** One word after `/bastion`. */
export interface Command {
  /** The word, and what may follow it. */
  readonly usage: string;
  /** One line of help. */
  readonly summary: string;
  run(ports: Ports, input: CommandInput): Promise<Message>;
}

export interface CommandInput {
  readonly by: Person;
  /** What follows the sub-command, as Slack sent it. */
  readonly text: string;
}
