import type { z } from 'zod';
import { words } from '../wording/words.ts';
import type { Ports } from '../ports/ports.ts';
import { StoreUnreachable } from '../ports/store-unreachable.ts';
import type { SubmissionReply } from './action.ts';
import { keptReply, keptSubmissionReply, readAnswer } from './kept-answer.ts';
import { note as noteView } from './kit/note.ts';
import type { Reply } from './reply.ts';
import { note } from './reply.ts';

/** Copies of a delivery come to any replica, and bytes that somebody kept are good for five minutes. */
export interface OnceOnly {
  /** Answers unless somebody else has, or is about to; who dies meanwhile leaves it to the next copy. */
  answer(id: string | undefined, tell: () => Promise<void>): Promise<void>;
  /** Decides, or gives what the first of these deliveries was answered. */
  decide(id: string | undefined, run: () => Promise<Reply>): Promise<Reply>;
  send(id: string | undefined, run: () => Promise<SubmissionReply>): Promise<SubmissionReply>;
}

/** So long nobody answers what was cut off; the run at work renews it. */
const takenForMs = 3000;
const renewEveryMs = 1000;

const doneBefore = note(
  noteView(
    words`This came a second time and was done at the first, so nothing was done now. The card or the list shows how it stands.`,
  ),
);

export function onceOnly({ deliveries }: Pick<Ports, 'deliveries'>): OnceOnly {
  async function once<Answer>(
    id: string | undefined,
    run: () => Promise<Answer>,
    otherwise: { readonly shape: z.ZodType<Answer>; readonly doneBefore: Answer },
  ): Promise<Answer> {
    if (id === undefined) return run();
    const delivered = await deliveries.once(id, async () => JSON.stringify(await run()));
    const answer = delivered.is === 'answered' ? readAnswer(otherwise.shape, delivered.answer) : undefined;
    return answer ?? otherwise.doneBefore;
  }

  return {
    answer: async (id, tell) => {
      if (id === undefined) return tell();
      // Where that cannot be known, two answers are better than none.
      const isFirst = await deliveries.take(id, takenForMs).catch(unreachable(true));
      if (!isFirst) return;
      const renewal = setInterval(() => {
        // What could not be renewed is tried again in time, or answered twice.
        deliveries.renew(id, takenForMs).catch(() => undefined);
      }, renewEveryMs).unref();
      try {
        await tell();
      } finally {
        clearInterval(renewal);
      }
      await deliveries.settle(id).catch(unreachable(undefined));
    },
    decide: async (id, run) => once(id, run, { shape: keptReply, doneBefore }),
    send: async (id, run) => once(id, run, { shape: keptSubmissionReply, doneBefore: { is: 'close' } }),
  };
}

function unreachable<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof StoreUnreachable) return value;
    throw error;
  };
}
