import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Ports } from '../ports/ports.ts';
import { StoreUnreachable } from '../ports/store-unreachable.ts';
import { UnreadableRecord } from '../ports/unreadable-record.ts';
import { failureNote, storeUnreachable, recordUnreadable } from './kit/failure.ts';
import type { Message } from './kit/message.ts';
import { noticeModal } from './kit/notice-modal.ts';
import type { Reply } from './reply.ts';
import { note } from './reply.ts';
import { slackCode } from './wire/failure.ts';
import type { Respond, ResponseMode } from './wire/response.ts';

export interface AnsweringOptions {
  readonly ports: Pick<Ports, 'log' | 'newId'>;
  /** For modals only: nothing else may use up its rate limit or its queue. */
  readonly interactive: WebClient;
  readonly respond: Respond;
}

export interface Addressee {
  readonly responseUrl?: string | undefined;
  readonly triggerId?: string | undefined;
  /** The view that was clicked in: a modal or the person's App Home. */
  readonly view?:
    { readonly id: string; readonly hash: string; readonly type?: string | undefined } | undefined;
}

export interface Answering {
  /** A sentence and a reference that is also in the log. */
  readonly explain: (error: unknown) => Message;
  /** What it came to, or what to say of its failure. */
  readonly orFailure: (run: () => Promise<Reply>) => Promise<Reply>;
  readonly perform: (reply: Reply, to: Addressee) => Promise<void>;
  /** What a click came to is said before Slack is thanked for it: after that, nothing would tell the loser. Throws `NotTold`. */
  readonly tellInTime: (reply: Reply, to: Addressee) => Promise<void>;
}

const tellWithinMs = 700;

/** The click is not acknowledged, so that its error tells the person to look; the answer is tried once more. */
export class NotTold extends Error {
  override readonly name = 'NotTold';
  readonly reply: Reply;

  constructor(reply: Reply) {
    super('the answer to a click did not arrive');
    this.reply = reply;
  }
}

export function answering({ ports: { log, newId }, interactive, respond }: AnsweringOptions): Answering {
  function explain(error: unknown): Message {
    if (error instanceof UnreadableRecord) {
      log.warn({ key: error.key, reference: error.reference }, 'left an interaction alone');
      return recordUnreadable(error.reference);
    }
    const reference = newId();
    log.error({ error, reference }, 'could not serve an interaction');
    return error instanceof StoreUnreachable ? storeUnreachable(reference) : failureNote(reference);
  }

  async function orFailure(run: () => Promise<Reply>): Promise<Reply> {
    return run().catch((error: unknown) => note(explain(error)));
  }

  async function answer(message: Message, how: ResponseMode, to: Addressee): Promise<boolean> {
    if (to.responseUrl === undefined) return show(message, to);
    const answered = await respond(to.responseUrl, message, how);
    if (!answered.ok) log.warn({ answered, replaces: how.replaceOriginal }, 'lost a private answer');
    return answered.ok;
  }

  /** A click in a view has no message beside it that could be answered. */
  async function show(message: Message, { triggerId, view }: Addressee): Promise<boolean> {
    const notice = noticeModal('Bastion Bot', message);
    try {
      // On top of a form, which stays as it was filled in.
      if (view?.type === 'modal') await pushModal(notice, triggerId);
      else await openModal(notice, triggerId);
      return true;
    } catch (error) {
      log.warn({ error }, 'lost a private answer');
      return false;
    }
  }

  async function openModal(view: ModalView, triggerId: string | undefined): Promise<void> {
    if (triggerId === undefined) return;
    await interactive.views.open({ trigger_id: triggerId, view }).catch(unlessOpenedAlready);
  }

  async function pushModal(view: ModalView, triggerId: string | undefined): Promise<void> {
    if (triggerId === undefined) return;
    await interactive.views.push({ trigger_id: triggerId, view }).catch(unlessOpenedAlready);
  }

  async function replaceModal(view: ModalView, shown: Addressee['view']): Promise<void> {
    if (!shown) return;
    const { id, hash } = shown;
    await interactive.views.update({ view_id: id, hash, view }).catch(unlessOutdated);
  }

  async function perform(reply: Reply, to: Addressee): Promise<void> {
    switch (reply.is) {
      case 'nothing':
        return;
      case 'note':
      case 'replace':
        await answer(reply.message, { replaceOriginal: reply.is === 'replace' }, to);
        return;
      case 'modal':
        await openModal(reply.view, to.triggerId).catch(async (error: unknown) => {
          await answer(explain(error), { replaceOriginal: false }, to);
        });
        return;
      case 'update':
        await replaceModal(reply.view, to.view).catch(async (error: unknown) => {
          await answer(explain(error), { replaceOriginal: false }, to);
        });
    }
  }

  async function tellInTime(reply: Reply, to: Addressee): Promise<void> {
    if (reply.is !== 'note') return;
    const told = answer(reply.message, { replaceOriginal: false }, to);
    const late = new Promise<false>((resolve) => {
      setTimeout(() => resolve(false), tellWithinMs).unref();
    });
    if (!(await Promise.race([told, late]))) throw new NotTold(reply);
  }

  return { explain, orFailure, perform, tellInTime };
}

/** By another replica, which got a copy of the same press. */
function unlessOpenedAlready(error: unknown): void {
  if (slackCode(error) !== 'exchanged_trigger_id') throw error;
}

/** The form has changed or gone: who did that sees what they wanted. */
function unlessOutdated(error: unknown): void {
  const code = slackCode(error);
  if (code !== 'hash_conflict' && code !== 'not_found') throw error;
}
