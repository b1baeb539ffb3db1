import { field, listField, textField } from '../../simulator/slack/json.ts';
import type { Message } from '../../simulator/slack/messages.ts';
import { current } from '../../simulator/slack/messages.ts';
import type { Person } from '../../simulator/slack/person.ts';
import { messageLines } from '../terminal/message-lines.ts';
import { called } from '../world/cast.ts';
import type { DemoWorld } from '../world/world.ts';
import type { Command } from './command.ts';
import { controlLabels } from './control-labels.ts';

export type SlackCommand = Extract<Command, { do: 'type' | 'press' | 'fill' | 'submit' | 'close' }>;

/** Does in Slack what somebody at the prompt wants. Throws, in words for whoever typed, where that cannot be. */
export async function actInSlack(world: DemoWorld, command: SlackCommand): Promise<void> {
  const person = world.person(command.by);
  switch (command.do) {
    case 'type':
      if (!/^\/bastion\b/.test(command.typed)) {
        throw new Error(`Nobody but the bot listens here. Try: ${command.by}: /bastion sessions`);
      }
      await person.command(command.typed);
      return;
    case 'press':
      return press(person, command);
    case 'fill':
      await submit(person, command.by, enteredInto(formOf(person, command.by), command));
      return;
    case 'submit':
      await submit(person, command.by, {});
      return;
    case 'close':
      await person.close(formOf(person, command.by));
  }
}

async function press(person: Person, { by, label, near }: Extract<Command, { do: 'press' }>): Promise<void> {
  const form = person.modal;
  if (form && isLabel(field(form.content, 'submit'), label)) return submit(person, by, {});
  if (form && isLabel(field(form.content, 'close'), label)) return void (await person.close(form));
  const seen = person.messages().toReversed();
  const shown = near === undefined ? seen : seen.filter((message) => shows(message, near, person));
  for (const message of shown) {
    const full = controlLabels(current(message).blocks).find((each) => fits(each, label));
    if (full === undefined) continue;
    await person.press(message, full, near);
    return;
  }
  const labels = new Set(shown.flatMap((message) => controlLabels(current(message).blocks)));
  const where = near === undefined ? '' : ` near “${near}”`;
  throw new Error(
    labels.size === 0
      ? `${called(by)} sees no buttons${where}. Try: ${by}: /bastion sessions`
      : `${called(by)} sees no “${label}”${where}. There is: ${[...labels].join(', ')}`,
  );
}

async function submit(person: Person, by: string, entered: Readonly<Record<string, string>>): Promise<void> {
  const form = formOf(person, by);
  await person.submit(form, entered);
}

/** The input that was named, or the only one there is. */
function enteredInto(
  form: NonNullable<Person['modal']>,
  { input, text, said }: Extract<Command, { do: 'fill' }>,
) {
  const labels = listField(form.content, 'blocks').flatMap((block) => {
    const label = field(block, 'type') === 'input' ? textField(field(block, 'label'), 'text') : undefined;
    return label === undefined ? [] : [label];
  });
  const named = labels.find((label) => label.toLowerCase() === input.toLowerCase());
  if (named !== undefined) return { [named]: text };
  const [only, ...others] = labels;
  if (only !== undefined && others.length === 0) return { [only]: said };
  throw new Error(`The form asks for ${labels.join(', ') || 'nothing'}.`);
}

function formOf(person: Person, by: string): NonNullable<Person['modal']> {
  if (person.modal) return person.modal;
  throw new Error(
    `No form is open in front of ${called(by)}. A button such as "Request disconnect" opens one.`,
  );
}

function shows(message: Message, text: string, reader: Person): boolean {
  return messageLines(current(message), reader).join('\n').includes(text);
}

function isLabel(object: unknown, label: string): boolean {
  return fits(textField(object, 'text') ?? '', label);
}

/** Whole, or how it begins; case does not matter. */
function fits(full: string, label: string): boolean {
  return label !== '' && full.toLowerCase().startsWith(label.toLowerCase());
}
