import { inert } from './foreign.ts';
import type { Word } from './words.ts';

/** As long as the forms let a reason be. */
export const reasonLength = 500;

export function quoted(reason: string, atMost = reasonLength): Word {
  return { is: 'text', text: inert(reason, atMost) };
}
