import type { ModalView } from '@slack/types';
import type { Person } from '../domain/people/person.ts';
import type { Ports } from '../ports/ports.ts';
import type { Reply } from './reply.ts';

export interface Action {
  /** `decided`: once its decision is stored, for Slack never repeats a click it was thanked for. `first`: before anything else. */
  readonly acknowledges: 'first' | 'decided';
  run(ports: Ports, click: Click): Promise<Reply>;
}

export interface Click {
  readonly by: Person;
  /** What the button carries: one of our own ids or a page number. Foreign: anybody can send any value. */
  readonly value: string;
  readonly entered?: Entered | undefined;
  readonly portalUrl: string;
}

export interface Submission {
  run(ports: Ports, form: Form): Promise<SubmissionReply>;
}

export interface Form extends Entered {
  readonly by: Person;
}

export interface Entered {
  readonly privateMetadata: string;
  readonly text: (blockId: string) => string;
  /** The values of all boxes that are ticked, wherever they stand. */
  readonly checked: readonly string[];
  /** The value of the option chosen in it; empty where none is. */
  readonly choice: (blockId: string) => string;
  readonly instant: (blockId: string) => number | undefined;
}

export type SubmissionReply =
  | { readonly is: 'close' }
  /** Shown at the input with this block id. */
  | { readonly is: 'mistake'; readonly blockId: string; readonly sentence: string }
  | { readonly is: 'show'; readonly view: ModalView };
