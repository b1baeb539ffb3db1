import type { Logger, Receiver, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { UserId } from '../domain/people/person.ts';
import type { KeptPeople } from '../ports/people.ts';
import type { Ports } from '../ports/ports.ts';
import { openHome } from '../usecases/home/open-home.ts';
import { redrawHome } from '../usecases/home/redraw-home.ts';
import { usualCommand } from '../wording/slash-command.ts';
import type { SubmissionReply } from './action.ts';
import { answering, NotTold } from './answering.ts';
import { actions, submissions } from './buttons.ts';
import { homeNotice } from './home/home.ts';
import { noticeModal } from './kit/notice-modal.ts';
import { inTime } from './in-time.ts';
import { runCommand } from './menu.ts';
import { patientPeople } from './patience.ts';
import { hearOfPeople } from './people-events.ts';
import { onceOnly } from './once-only.ts';
import { note } from './reply.ts';
import { onceEach } from './wire/once.ts';
import { clickPayload, commandPayload, deliveryIn, formPayload, homeOpenedPayload } from './wire/payloads.ts';
import type { Respond } from './wire/response.ts';

export interface BoltOptions {
  readonly receiver: Receiver;
  readonly ports: Ports;
  readonly interactive: WebClient;
  readonly respond: Respond;
  readonly keptPeople: KeptPeople;
  readonly logger: Logger;
  readonly portalUrl: string;
}

/** Hears Slack: parses, acknowledges, hands over to the menu and the table of buttons, and answers. */
export function boltApp(options: BoltOptions): App {
  const { receiver, ports, interactive, respond, logger, portalUrl, keptPeople } = options;
  const { clock, log, newId } = ports;
  const { explain, orFailure, perform, tellInTime } = answering({ ports, interactive, respond });
  // One workspace and one token, which the clients hold: Bolt has nobody to look up.
  const app = new App({ receiver, logger, convoStore: false, authorize: () => Promise.resolve({}) });

  // Copies of a delivery, and Slack's retries, bear the trigger of the first; in this process they share its outcome.
  const answers = onceEach<void>(clock);
  const decisions = onceEach<void>(clock);
  const forms = onceEach<SubmissionReply>(clock);
  const copies = onceOnly(ports);

  app.command(/.*/, async ({ command, context, ack }) => {
    await ack();
    const { by, text, command: name, responseUrl, triggerId } = commandPayload.parse(command);
    const id = triggerId ?? deliveryIn(context);
    await answers(id, async () =>
      copies.answer(id, async () => {
        const reply = await orFailure(async () =>
          note(await runCommand(ports, { by, text, command: name ?? usualCommand })),
        );
        await perform(reply, { responseUrl });
        if (name !== undefined) await noteCommand(name);
      }),
    );
  });

  app.action(/.*/, async ({ body, ack }) => {
    const { by, actionId, value, responseUrl, triggerId, view, entered } = clickPayload.parse(body);
    const action = actions.get(actionId);
    if (!action) {
      log.warn({ actionId }, 'ignored a click on an unknown button');
      return ack();
    }
    const to = { responseUrl, triggerId, view };
    const run = async () => action.run(patient(), { by, value, entered, portalUrl });
    if (action.acknowledges === 'first') {
      await ack();
      await answers(triggerId, async () =>
        copies.answer(triggerId, async () => perform(await orFailure(run), to)),
      );
    } else {
      try {
        await decisions(triggerId, async () => {
          const reply = await inTime(async () => copies.decide(triggerId, run));
          if (reply.is !== 'nothing') await copies.answer(triggerId, async () => tellInTime(reply, to));
        });
        await ack();
      } catch (error) {
        await perform(error instanceof NotTold ? error.reply : note(explain(error)), to);
      }
    }
    if (view?.type === 'home') await showHome(by.id);
  });

  app.event('app_home_opened', async ({ body }) => {
    const { user, isHome } = homeOpenedPayload.parse(body);
    if (isHome) await showHome(user);
  });

  hearOfPeople(app, keptPeople);

  app.view<ViewSubmitAction>(
    { type: 'view_submission', callback_id: /.*/ },
    async ({ body, context, ack }) => {
      const { callbackId, triggerId, form } = formPayload.parse(body);
      const id = triggerId ?? deliveryIn(context);
      const submission = submissions.get(callbackId);
      if (!submission) return ack();
      const run = async () => submission.run(patient(), form);
      const reply = await forms(id, async () => inTime(async () => copies.send(id, run)))
        .then(({ value }) => value)
        .catch(asNotice);
      await ack(formAnswer(reply));
      if (reply.is !== 'close') return;
      // What the form asked for is done; a home that is not drawn now is at its next turn.
      await redrawHome(ports, form.by.id).catch((error: unknown) => {
        log.warn({ error }, 'could not draw a home anew');
      });
    },
  );

  app.error((error) => {
    log.error({ error, reference: newId() }, 'could not serve an interaction');
    return Promise.resolve();
  });

  const patient = (): Ports => ({ ...ports, people: patientPeople(ports.people) });

  async function noteCommand(name: string): Promise<void> {
    await ports.commandNames.note(name).catch((error: unknown) => {
      log.warn({ error }, 'could not note the name of the command');
    });
  }

  function asNotice(error: unknown): SubmissionReply {
    return { is: 'show', view: noticeModal('Something failed', explain(error)) };
  }

  async function showHome(user: UserId): Promise<void> {
    try {
      await openHome(ports, user);
    } catch (error) {
      await interactive.views.publish({ user_id: user, view: homeNotice(explain(error)) });
    }
  }

  return app;
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
