export type PayloadKind = 'command' | 'block_actions' | 'view_submission' | 'other';

export function kindOf({ command, type }: Record<string, unknown>): PayloadKind {
  if (command !== undefined) return 'command';
  return type === 'block_actions' || type === 'view_submission' ? type : 'other';
}
