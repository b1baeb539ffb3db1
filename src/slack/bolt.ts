import type { Logger, Receiver, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Ports } from '../ports/ports.ts';
import { StoreUnreachable } from '../ports/store-unreachable.ts';
import type { SubmissionReply } from './actions/action.ts';
import { actions, submissions } from './actions/index.ts';
import { slackCode } from './channel-failure.ts';
import { runCommand } from './commands/index.ts';
import { onceEach } from './once.ts';
import { clickPayload, commandPayload, formPayload } from './payloads.ts';
import type { Reply } from './reply.ts';
import { note } from './reply.ts';
import type { Respond, ResponseMode } from './response.ts';
import { failureNote, memoryUnreachable } from './views/failure.ts';
import type { Message } from './views/message.ts';
import { noticeModal } from './views/notice-modal.ts';

export interface BoltOptions {
  readonly receiver: Receiver;
  readonly ports: Ports;
  /** For modals only: nothing else may use up its rate limit or its queue. */
  readonly interactive: WebClient;
  readonly respond: Respond;
  readonly logger: Logger;
  /** Where the portal of the cloud is. */
  readonly portalUrl: string;
}

/** Slack waits 3 s for an acknowledgement; a decision not stored by then must be an error that the person sees. */
const storeWithinMs = 2000;

const tellWithinMs = 700;

/** The click is not acknowledged, so that its error tells the person to look; the answer is tried once more. */
class NotTold extends Error {
  override readonly name = 'NotTold';
  readonly reply: Reply;

  constructor(reply: Reply) {
    super('the answer to a click did not arrive');
    this.reply = reply;
  }
}

/** Hears Slack: parses, acknowledges, hands over to the menu and the table of buttons, and answers. */
export function boltApp({ receiver, ports, interactive, respond, logger, portalUrl }: BoltOptions): App {
  const { clock, log, newId } = ports;
  // One workspace and one token, which the clients hold: Bolt has nobody to look up.
  const app = new App({ receiver, logger, convoStore: false, authorize: () => Promise.resolve({}) });

  // Copies of a delivery, and Slack's retries, bear the trigger of the first.
  const answers = onceEach<void>(clock);
  const decisions = onceEach<void>(clock);
  const forms = onceEach<SubmissionReply>(clock);

  app.command(/.*/, async ({ command, ack }) => {
    await ack();
    const { by, text, responseUrl, triggerId } = commandPayload.parse(command);
    await answers(triggerId, async () => {
      const reply = await orFailure(async () => note(await runCommand(ports, by, text)));
      await perform(reply, { responseUrl });
    });
  });

  app.action(/.*/, async ({ body, ack }) => {
    const { by, actionId, value, responseUrl, triggerId, view, entered } = clickPayload.parse(body);
    const action = actions.get(actionId);
    if (!action) {
      log.warn({ actionId }, 'ignored a click on an unknown button');
      return ack();
    }
    const to = { responseUrl, triggerId, view };
    const run = async () => action.run(ports, { by, value, entered, portalUrl });
    if (action.acknowledges === 'first') {
      await ack();
      await answers(triggerId, async () => perform(await orFailure(run), to));
      return;
    }
    try {
      await decisions(triggerId, async () => tellInTime(await inTime(run), to));
      await ack();
    } catch (error) {
      await perform(error instanceof NotTold ? error.reply : note(explain(error)), to);
    }
  });

  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: /.*/ }, async ({ body, ack }) => {
    const { callbackId, triggerId, form } = formPayload.parse(body);
    const submission = submissions.get(callbackId);
    if (!submission) return ack();
    const reply = await forms(triggerId, async () => inTime(async () => submission.run(ports, form)))
      .then(({ value }) => value)
      .catch(asNotice);
    await ack(formAnswer(reply));
  });

  app.error((error) => {
    log.error({ error, reference: newId() }, 'could not serve an interaction');
    return Promise.resolve();
  });

  /** People get a sentence and a reference that is also in the log. */
  function explain(error: unknown): Message {
    const reference = newId();
    log.error({ error, reference }, 'could not serve an interaction');
    return error instanceof StoreUnreachable ? memoryUnreachable(reference) : failureNote(reference);
  }

  async function orFailure(run: () => Promise<Reply>): Promise<Reply & { readonly failed?: true }> {
    return run().catch((error: unknown) => ({ ...note(explain(error)), failed: true }));
  }

  function asNotice(error: unknown): SubmissionReply {
    return { is: 'show', view: noticeModal('Something failed', explain(error)) };
  }

  async function answer(
    message: Message,
    how: ResponseMode,
    responseUrl: string | undefined,
  ): Promise<boolean> {
    if (responseUrl === undefined) return true;
    const answered = await respond(responseUrl, message, how);
    if (!answered.ok) log.warn({ answered, replaces: how.replaceOriginal }, 'lost a private answer');
    return answered.ok;
  }

  /** What a click came to is said before Slack is thanked for it: after that, nothing would tell whoever lost. */
  async function tellInTime(reply: Reply, { responseUrl }: { readonly responseUrl?: string | undefined }) {
    if (reply.is !== 'note') return;
    const told = answer(reply.message, { replaceOriginal: false }, responseUrl);
    const late = new Promise<false>((resolve) => {
      setTimeout(() => resolve(false), tellWithinMs).unref();
    });
    if (!(await Promise.race([told, late]))) throw new NotTold(reply);
  }

  async function perform(
    reply: Reply,
    to: {
      readonly responseUrl?: string | undefined;
      readonly triggerId?: string;
      readonly view?: { readonly id: string; readonly hash: string } | undefined;
    },
  ): Promise<void> {
    switch (reply.is) {
      case 'nothing':
        return;
      case 'note':
      case 'replace':
        await answer(reply.message, { replaceOriginal: reply.is === 'replace' }, to.responseUrl);
        return;
      case 'modal': {
        const { triggerId } = to;
        if (triggerId === undefined) return;
        const opened = await orFailure(async () => {
          const opening = interactive.views.open({ trigger_id: triggerId, view: reply.view });
          await opening.catch(unlessOpenedAlready);
          return { is: 'nothing' };
        });
        if (opened.failed) await perform(opened, to);
        return;
      }
      case 'update': {
        if (!to.view) return;
        const { id, hash } = to.view;
        await interactive.views.update({ view_id: id, hash, view: reply.view }).catch((error: unknown) => {
          const code = slackCode(error);
          if (code !== 'hash_conflict' && code !== 'not_found') throw error;
          log.debug({ code }, 'left a form that has changed or gone');
        });
      }
    }
  }

  return app;
}

async function inTime<T>(run: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnreachable('not stored in time')), storeWithinMs);
  });
  try {
    return await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** By another replica, which got a copy of the same press. */
function unlessOpenedAlready(error: unknown): void {
  if (slackCode(error) !== 'exchanged_trigger_id') throw error;
}

function formAnswer(reply: SubmissionReply): ViewResponseAction | undefined {
  switch (reply.is) {
    case 'close':
      return undefined;
    case 'mistake':
      return { response_action: 'errors', errors: { [reply.blockId]: reply.sentence } };
    case 'show':
      return { response_action: 'update', view: reply.view };
  }
}
