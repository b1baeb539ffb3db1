import type { Acknowledgement, Delivery } from './delivery.ts';
import type { Control, Pick } from './find-control.ts';
import { controlAt, findControl } from './find-control.ts';
import { field, isObject, listField, textField } from './json.ts';
import type { Message } from './messages.ts';
import { current } from './messages.ts';
import * as payloads from './payloads.ts';
import { attempt, Refusal } from './refusal.ts';
import type { Reader } from './render/reader.ts';
import { answer } from './response-hook.ts';
import type { ResponseUrl } from './response-urls.ts';
import { followSubmission } from './submit.ts';
import type { Entered } from './view-values.ts';
import { valuesSoFar, viewValues } from './view-values.ts';
import type { View } from './views.ts';
import type { Workspace } from './workspace.ts';
import type { Member } from './world.ts';
import { directChannel } from './world.ts';

/** What a person does; each resolves when the bot has acknowledged it, or has not in time. */
export interface Acts {
  /** Types a command, in the conversation with the bot unless a channel is named. */
  command(typed: string, channel?: string): Promise<Acknowledgement>;
  /**
   * Presses what bears this label; `near` names a text of its row where there are several. Confirms what asks to be.
   * `entered` is what stands in the inputs of the view.
   */
  press(where: Message | View, label: string, near?: string, entered?: Entered): Promise<Acknowledgement>;
  /** Uses the very control with these ids; `entered` as above. */
  use(where: Message | View, pick: Pick, entered?: Entered): Promise<Acknowledgement>;
  /** Throws where Slack's client would not let the person submit. */
  submit(modal: View, entered?: Entered): Promise<Acknowledgement>;
  /** Closes it without submitting; undefined where the app does not ask to hear of that. */
  close(modal: View): Promise<Acknowledgement | undefined>;
  openHome(): Promise<Acknowledgement>;
}

export interface Hands {
  readonly member: Member;
  readonly reader: Reader;
  readonly sees: (message: Message) => boolean;
  readonly workspace: Workspace;
  readonly delivery: Delivery;
  /** A path of the simulator as an address. */
  readonly absolute: (path: string) => string;
  /** Shows the person that something went wrong. */
  readonly tell: (notice: string) => void;
}

export function createActs(hands: Hands): Acts {
  const { member, reader, workspace, delivery, tell } = hands;
  const { views, triggers } = workspace;
  return {
    command: (typed, channel) => command(typed, channel, hands),
    press: (where, label, near, entered) =>
      operate(where, (blocks) => findControl(blocks, label, reader, near), hands, entered),
    use: (where, pick, entered) => operate(where, (blocks) => controlAt(blocks, pick), hands, entered),
    submit: async (modal, entered = {}) => {
      const view = openView(modal, workspace);
      const values = viewValues(view.content, entered);
      const payload = payloads.submission(view, values, member, workspace, triggers.issue(member.id));
      const acknowledged = await delivery.deliver({ type: 'interactive', payload });
      const trouble = followSubmission(view, acknowledged, workspace);
      if (trouble !== undefined) tell(trouble);
      return acknowledged;
    },
    close: async (modal) => {
      const view = openView(modal, workspace);
      const isCleared = field(view.content, 'clear_on_close') === true;
      const payload = payloads.closing(view, member, workspace, isCleared);
      views.close(member.id, isCleared);
      if (field(view.content, 'notify_on_close') !== true) return undefined;
      return delivery.deliver({ type: 'interactive', payload });
    },
    openHome: () => delivery.deliver({ type: 'events_api', payload: payloads.homeOpened(member, workspace) }),
  };
}

async function command(typed: string, channelId: string | undefined, hands: Hands): Promise<Acknowledgement> {
  const { member, workspace, delivery, tell } = hands;
  const { world } = workspace;
  const channel =
    channelId === undefined ? directChannel(world, member.id) : channelNamed(channelId, workspace);
  const target = { channel: channel.id, personId: member.id };
  const payload = payloads.commandPayload(typed, member, channel, world, fresh(target, hands));
  const acknowledged = await delivery.deliver({ type: 'slash_commands', payload });
  const { error, body } = acknowledged;
  if (error) tell(`${payload['command'] ?? ''} failed with the error "${error}"`);
  if (error || body === undefined) return acknowledged;
  const said = isObject(body) ? body : { text: body };
  const refusal = attempt(() => answer(said, target, workspace));
  if (refusal instanceof Refusal) tell(`the answer could not be shown: ${refusal.code}`);
  return acknowledged;
}

type Find = (blocks: readonly unknown[]) => Control;

async function operate(
  where: Message | View,
  find: Find,
  hands: Hands,
  entered: Entered = {},
): Promise<Acknowledgement> {
  const { control, payload } =
    'versions' in where ? onMessage(where, find, hands) : inView(where, find, hands, entered);
  const acknowledged = await hands.delivery.deliver({ type: 'interactive', payload });
  if (acknowledged.error) {
    const label = textField(
      field(field(control.action, 'selected_option') ?? control.action, 'text'),
      'text',
    );
    hands.tell(`"${label ?? 'That'}" failed with the error "${acknowledged.error}"`);
  }
  return acknowledged;
}

function onMessage(message: Message, find: Find, hands: Hands) {
  const { member, sees, workspace } = hands;
  if (!sees(message)) throw new Error(`${member.name} does not see this message`);
  const control = find(current(message).blocks);
  const channel = channelNamed(message.channel, workspace);
  const target = { channel: message.channel, personId: member.id, original: message };
  const address = fresh(target, hands);
  return {
    control,
    payload: payloads.pressOnMessage(control, message, member, channel, workspace, address),
  };
}

function inView(modal: View, find: Find, { member, workspace }: Hands, entered: Entered) {
  const view = openView(modal, workspace);
  const control = find(listField(view.content, 'blocks'));
  const triggerId = workspace.triggers.issue(member.id);
  return {
    control,
    payload: payloads.pressInView(
      control,
      view,
      valuesSoFar(view.content, entered),
      member,
      workspace,
      triggerId,
    ),
  };
}

function fresh(target: ResponseUrl, { workspace, absolute }: Hands): payloads.Fresh {
  return {
    triggerId: workspace.triggers.issue(target.personId),
    responseUrl: absolute(workspace.responseUrls.issue(target)),
  };
}

function openView(view: View, { views }: Workspace): View {
  const found = views.find(view.id);
  if (!found) throw new Error('this view is not open any more');
  return found;
}

function channelNamed(id: string, { world }: Workspace) {
  const channel = world.channels.get(id);
  if (!channel) throw new Error(`there is no channel ${id}`);
  return channel;
}
