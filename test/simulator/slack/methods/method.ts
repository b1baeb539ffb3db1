import type { Json } from '../json.ts';
import { textField } from '../json.ts';
import type { Rate } from '../rate-limits.ts';
import { explained } from '../refusal.ts';
import type { Workspace } from '../workspace.ts';

/** One method of the Web API. */
export interface Method {
  /** Any one of these is enough; none means that the token alone is. */
  readonly scopes: readonly string[];
  /** Takes the app's own token in the place of the bot's. */
  readonly forApp?: boolean;
  readonly rate: Rate;
  /** The answer beside `ok`; throws a `Refusal`. */
  call(args: Json, workspace: Workspace): Json;
}

export function required(args: Json, name: string): string {
  const value = textField(args, name);
  if (value === undefined) throw explained('invalid_arguments', [`missing required field: ${name}`]);
  return value;
}
