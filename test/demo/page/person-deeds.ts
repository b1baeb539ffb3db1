import type { Acknowledgement } from '../../simulator/slack/delivery.ts';
import type { Person } from '../../simulator/slack/person.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import type { PersonDeed, Place } from './deed.ts';

/** Does it as the person would, over the wire; resolves when the bot has acknowledged it, or has not in time. */
export async function doAsPerson(
  slack: SlackSimulator,
  deed: PersonDeed,
): Promise<Acknowledgement | undefined> {
  const person = slack.as(deed.as);
  switch (deed.do) {
    case 'command':
      return person.command(deed.typed, deed.channel);
    case 'use': {
      const { blockId, actionId, entered } = deed;
      const pick = { blockId, actionId, ...(entered !== undefined && { entered }) };
      return person.use(placeOf(person, deed.place), pick, deed.form);
    }
    case 'submit':
      return person.submit(viewOf(person, deed.view), deed.form);
    case 'close':
      return person.close(viewOf(person, deed.view));
    case 'openHome':
      return person.openHome();
  }
}

function placeOf(person: Person, place: Place) {
  if ('view' in place) return viewOf(person, place.view);
  const message = person.messages(place.channel).find(({ ts }) => ts === place.ts);
  if (!message) throw new Error('this message is not there any more');
  return message;
}

function viewOf(person: Person, id: string) {
  const view = [...person.modals, person.home].find((each) => each?.id === id);
  if (!view) throw new Error('this view is not open any more');
  return view;
}
