import type { Acknowledgement } from '../simulator/slack/delivery.ts';
import type { Message } from '../simulator/slack/messages.ts';
import { current } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import { cardOf, isVisible, reads } from './cards-seen.ts';
import type { Chance } from './chance.ts';
import { originOn } from './judge-origins.ts';
import type { Ledger, Verb } from './ledger.ts';
import { firstTwo } from './picks.ts';
import type { Stage } from './stage.ts';
import { alerts, approvals, hostsThere } from './stage.ts';

const mostSessions = 8;
const patienceMs = 3500;

/** Sessions come and go, and people ask, approve, deny, cancel and delete, until the signal. */
export async function live(stage: Stage, chance: Chance, ledger: Ledger, signal: AbortSignal): Promise<void> {
  const busy = new Set<string>();
  const acts = new Set<Promise<void>>();
  let machines = 0;
  let reasons = 0;

  /** One thing at a time for each person, as with one pair of hands. */
  const haveAct = (personId: string, act: (person: Person) => Promise<void>) => {
    if (busy.has(personId)) return;
    busy.add(personId);
    stage.replicas.route((urls) => chance.oneOf(urls));
    const acting = act(stage.slack.as(personId)).finally(() => {
      busy.delete(personId);
      acts.delete(acting);
    });
    acts.add(acting);
  };

  const asks = async (person: Person) => {
    const card = chance.oneOf(offering(stage, alerts, 'Request disconnect'));
    if (!card) return;
    for (const modal of [...person.modals].reverse()) await person.close(modal);
    const pressed = await person.press(card, 'Request disconnect');
    if (!pressed.ok) return;
    const form = await seen(stage, () => person.modal);
    if (!form) return;
    reasons += 1;
    const reason = `reason ${reasons}`;
    const sent = await person.submit(form, { reason });
    ledger.asked.push({ reason, by: person.id, isTaken: sent.ok && sent.body === undefined });
  };

  /** From the list: two sessions with one reason. */
  const asksSeveral = async (person: Person) => {
    for (const modal of [...person.modals].reverse()) await person.close(modal);
    const answers = person.ephemerals.length;
    await person.command('/bastion sessions');
    const list = await seen(stage, () => person.ephemerals[answers]);
    if (!list || !bears(list, 'Select several')) return;
    if (!(await person.press(list, 'Select several')).ok) return;
    const form = await seen(stage, () => person.modal);
    const picked = form && firstTwo(form);
    if (!picked) return;
    reasons += 1;
    const reason = `reason ${reasons}`;
    const sent = await person.submit(form, { Reason: reason, ...picked });
    ledger.asked.push({ reason, by: person.id, isTaken: sent.ok && sent.body === undefined });
  };

  const clicks = (card: Message, verb: Verb) => async (person: Person) => {
    const answers = person.ephemerals.length;
    const requestId = cardOf(card)?.split('/')[1] ?? '';
    const isAnswered = () => person.ephemerals.length > answers;
    let pressed: Acknowledgement;
    try {
      pressed = await person.press(card, verb);
    } catch {
      // Somebody was so fast that the button is gone.
      return;
    }
    const isAcknowledged = pressed.ok;
    if (isAcknowledged) {
      await seen(stage, () => isAnswered() || !reads(card).includes('asks to disconnect'));
    }
    ledger.clicks.push({ requestId, by: person.id, verb, isAcknowledged, isAnswered: isAnswered() });
  };

  const decide = () => {
    const card = chance.oneOf(offering(stage, approvals, 'Approve & disconnect'));
    if (!card) return;
    const crowd = stage.approvers.filter(() => chance.odds(0.6));
    for (const personId of crowd) {
      haveAct(personId, clicks(card, chance.odds(0.75) ? 'Approve & disconnect' : 'Deny'));
    }
    const asker = stage.askers.find((id) => chance.odds(0.2) && !busy.has(id));
    if (asker !== undefined) haveAct(asker, clicks(card, 'Cancel request'));
  };

  const startSession = () => {
    const host = chance.oneOf(hostsThere(stage));
    if (!host || everySession(stage).length >= mostSessions) return;
    machines += 1;
    const vm = `vm-${machines}`;
    const session = {
      vm,
      login: chance.oneOf(['deploy', 'dba', '']) ?? '',
      startedAt: Date.now(),
      origin: chance.odds(0.2) ? ('none' as const) : originOn(vm, chance.odds(0.5)),
    };
    const ofTunnel = chance.odds(0.15) ? chance.between(2, 4) : 1;
    for (let count = 0; count < ofTunnel; count += 1) host.startSession(session);
  };

  const endSession = () => {
    const session = chance.oneOf(everySession(stage));
    session?.host.endSession(session.id);
  };

  const deleteCard = () => {
    const card = chance.oneOf(offering(stage, alerts, 'Request disconnect'));
    if (!card) return;
    ledger.deleted.add(`${card.channel}/${card.ts}`);
    stage.slack.deleteMessage(card);
  };

  while (!signal.aborted) {
    await chance.pause(50, 400, signal);
    const roll = chance.between(0, 99);
    if (roll < 25) startSession();
    else if (roll < 33) endSession();
    else if (roll < 52) haveAct(chance.oneOf(stage.askers) ?? '', asks);
    else if (roll < 60) haveAct(chance.oneOf(stage.askers) ?? '', asksSeveral);
    else if (roll < 93) decide();
    else if (roll < 95) deleteCard();
    else haveAct(chance.oneOf(stage.askers) ?? '', lists);
  }
  await Promise.all(acts);
}

async function lists(person: Person): Promise<void> {
  await person.command('/bastion sessions');
}

function everySession(stage: Stage) {
  return hostsThere(stage).flatMap((host) => host.sessions().map(({ id }) => ({ id, host })));
}

/** Messages in the channel that bear this button now. */
export function offering({ slack }: Stage, channel: string, label: string): readonly Message[] {
  return slack.channel(channel).messages.filter((each) => isVisible(each) && bears(each, label));
}

function bears(message: Message, label: string): boolean {
  return JSON.stringify(current(message).blocks).includes(`"${label}"`);
}

/** What is seen within a person's patience, if anything. */
export async function seen<T>({ slack }: Stage, look: () => T | undefined | false): Promise<T | undefined> {
  return slack.changes.until(look, 'what the person waits for', patienceMs).catch(() => undefined);
}
