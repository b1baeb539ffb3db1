import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { SubmissionReply } from './action.ts';
import type { Message } from './kit/message.ts';
import type { Reply } from './reply.ts';

/** Answers as they are kept for copies of what was answered: what a person was shown, and nothing else. */
const block = z.custom<Message['blocks'][number]>(isObject);
const message = z.object({ text: z.string(), blocks: z.array(block) });
const view = z.custom<ModalView>((value) => isObject(value) && 'type' in value && value.type === 'modal');

export const keptReply: z.ZodType<Reply> = z.discriminatedUnion('is', [
  z.object({ is: z.literal('nothing') }),
  z.object({ is: z.literal(['note', 'replace']), message }),
  z.object({ is: z.literal(['modal', 'update']), view }),
]);

export const keptSubmissionReply: z.ZodType<SubmissionReply> = z.discriminatedUnion('is', [
  z.object({ is: z.literal('close') }),
  z.object({ is: z.literal('mistake'), blockId: z.string(), sentence: z.string() }),
  z.object({ is: z.literal('show'), view }),
]);

/** Undefined where another version of the bot, which knows other answers, has kept it. */
export function readAnswer<Answer>(shape: z.ZodType<Answer>, text: string): Answer | undefined {
  return shape.safeParse(JSON.parse(text)).data;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
