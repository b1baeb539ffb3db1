import type { Health } from '../../simulator/azure/healths.ts';
import type { Json } from '../../simulator/slack/json.ts';
import { isObject } from '../../simulator/slack/json.ts';

/** What one window shows; the server sends the parts of it that changed. */
export interface Parts {
  readonly workspace: ShownWorkspace;
  /** The lowest first. */
  readonly modals: readonly ShownView[];
  readonly home: ShownView | null;
  /** What the person's client says went wrong. */
  readonly notices: readonly ShownNotice[];
  readonly hosts: readonly ShownHost[];
  readonly requests: readonly ShownRequest[];
  readonly story: ShownStory;
}

export interface Patch {
  /** Nothing that was sent before holds any more. */
  readonly isWhole: boolean;
  readonly parts: Partial<Parts>;
  readonly messages: readonly ShownMessage[];
  /** The keys of messages that are not seen any more. */
  readonly gone: readonly string[];
}

/** Whether it looks like one; only our own server sends any. */
export function isPatch(value: unknown): value is Patch {
  return isObject(value) && isObject(value['parts']);
}

export interface ShownWorkspace {
  readonly team: string;
  readonly me: string;
  readonly people: readonly ShownPerson[];
  readonly groups: readonly { readonly id: string; readonly handle: string }[];
  readonly channels: readonly ShownChannel[];
  readonly commands: readonly ShownCommand[];
  readonly canRestartBot: boolean;
}

/** What can be typed to the bot. */
export interface ShownCommand {
  readonly name: string;
  readonly summary: string;
  readonly filters: readonly ShownFilter[];
}

/** What can be typed after a command, as `key:value`. */
export interface ShownFilter {
  readonly key: string;
  readonly about: string;
  readonly values: readonly string[];
}

export interface ShownPerson {
  readonly id: string;
  readonly name: string;
  /** What they are there for. */
  readonly part: string;
  readonly timeZone: string;
}

export interface ShownChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'direct';
}

export interface ShownMessage {
  readonly key: string;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly isPrivate: boolean;
  /** How often it was changed. */
  readonly edits: number;
  readonly text: string;
  readonly blocks: readonly Json[];
}

export interface ShownView {
  readonly id: string;
  readonly content: Json;
  readonly errors: Readonly<Record<string, string>>;
}

export interface ShownNotice {
  readonly id: number;
  readonly words: string;
}

export interface ShownHost {
  readonly id: string;
  readonly name: string;
  readonly health: Health;
  readonly count: number;
  /** The longest open. */
  readonly sessions: readonly ShownSession[];
}

export interface ShownSession {
  readonly id: string;
  readonly vm: string;
  readonly login: string;
  readonly protocol: string;
  readonly startedAt: number;
  readonly isGhost: boolean;
}

export interface ShownRequest {
  readonly id: number;
  readonly at: number;
  readonly to: 'Azure' | 'Slack';
  readonly what: string;
  readonly outcome: string;
  readonly isFailed: boolean;
  /** Reading and health checks, which go on whether or not anything happens. */
  readonly isRoutine: boolean;
}

export interface ShownStory {
  /** `none`: there is no story to play. */
  readonly is: 'none' | 'playing' | 'stopped' | 'over';
  readonly caption: string;
}
