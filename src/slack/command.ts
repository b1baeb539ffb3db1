import type { Person } from '../domain/people/person.ts';
import type { Ports } from '../ports/ports.ts';
import type { TypedKey } from '../wording/filter-help.ts';
import type { Message } from './kit/message.ts';

export interface Command {
  readonly summary: string;
  /** What may follow it besides words, the most wanted first. */
  readonly filters: readonly TypedKey[];
  run(ports: Ports, input: CommandInput): Promise<Message>;
}

export interface CommandInput {
  readonly by: Person;
  readonly command: string;
  /** What follows the sub-command, as `typed` reads it. */
  readonly text: string;
}
