export type PayloadKind = 'command' | 'block_actions' | 'view_submission' | 'other';

/** Slack repeats an event that is not acknowledged; of all else it shows the person an error. */
export function isEvent({ type }: { readonly type?: unknown }): boolean {
  return type === 'event_callback';
}

export function kindOf({ command, type }: Record<string, unknown>): PayloadKind {
  if (command !== undefined) return 'command';
  return type === 'block_actions' || type === 'view_submission' ? type : 'other';
}
