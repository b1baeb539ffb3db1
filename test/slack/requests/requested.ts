import { expect } from '@jest/globals';
import { minute, noon } from '../../support/build.ts';
import { read } from '../kit/read.ts';

export const decided = { by: 'U0BOSS', decidedAt: noon + minute };
export const sending = { ...decided, sentAt: noon + minute + 2000, calls: 1 as const };
export const checkedAt = noon + 3 * minute + 10_000;
export const approvedBy = 'Approved by @U0BOSS, 2026-11-23 12:01 UTC.';
export const sentOnce = 'Disconnect sent at 12:01:02 UTC.';

const about = 'azureuser on vm-web-1: ';

/** How it stands: the sentence without what it is about, which is tested by itself, and what else is said of it. */
export function head(message: { readonly blocks: readonly unknown[] }): string {
  const [sentence = '', more] = read(message).split('\n---\n');
  expect(sentence).toContain(about);
  return `${sentence.replace(about, '')}\n${more}`;
}
