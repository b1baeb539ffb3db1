import type { AccessDenied } from '../../domain/people/access.ts';
import { accessDenied } from '../../wording/access-denied.ts';
import type { Message } from './message.ts';
import { note } from './note.ts';

/** Private; `deed` is what was asked for, where it is not what the right is called. */
export function accessRefusal(denied: AccessDenied, deed?: string): Message {
  return note(...accessDenied(denied, deed));
}
