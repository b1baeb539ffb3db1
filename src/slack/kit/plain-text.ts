import type { PlainTextElement } from '@slack/types';
import { inert } from '../../wording/foreign.ts';

export function plainText(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: inert(text, limit), emoji: false };
}
