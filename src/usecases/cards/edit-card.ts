import type { Card } from '../../domain/cards/card.ts';
import { isSameMessage, withoutMessage } from '../../domain/cards/card.ts';
import { stillAsks } from '../../domain/cards/content.ts';
import { unfinishedAt } from '../../domain/cards/delivery.ts';
import {
  editAnsweredWithinMs,
  editedUntil,
  editsSettleAt,
  withEdit,
  withoutEdit,
} from '../../domain/cards/editing.ts';
import type { Updated } from '../../ports/channel.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import type { Picture } from './postpone-card.ts';
import { mayPass, postpone } from './postpone-card.ts';

type UsedPorts = Pick<Ports, 'cards' | 'channel' | 'clock'> & Needs<typeof postpone>;

/** A process that was held up for longer after its announcement leaves the edit to the next delivery. */
const announcedForMs = 5000;

/** The edit is announced before it goes out: the message is edited again once this one can no longer arrive after a newer one. */
export async function updateCard(
  ports: UsedPorts,
  card: Card,
  { version, content }: Picture,
): Promise<boolean> {
  const { cards, channel, clock } = ports;
  if (!card.message) return false;
  if (!(await mayPass(ports, card, { lane: 'edits', content }))) return true;
  const since = clock();
  const announced = withEdit(card, since);
  const isStale = card.shown < version;
  const dueAt = isStale ? since + editAnsweredWithinMs : editsSettleAt(announced);
  if ((await cards.save(announced, dueAt)) === 'conflict') return false;
  if (clock() - since > announcedForMs) return true;

  const updated = await channel.update(card.message, content);
  const mine = { ...announced, version: announced.version + 1 };
  if (!updated.ok && updated.why === 'message-gone') {
    const { trouble: _solved, ...well } = withoutMessage(mine, stillAsks(content) ? 0 : version);
    await cards.save(well, unfinishedAt(well, clock()));
    return false;
  }
  const saved = await saveAnswer(ports, mine, { since, version, updated });
  if (saved === 'conflict') return forgetShown(ports, card, { since, updated });
  return saved === 'done';
}

interface Answer {
  readonly since: number;
  readonly version: number;
  readonly updated: Updated;
}

async function saveAnswer(
  ports: UsedPorts,
  announced: Card,
  { since, version, updated }: Answer,
): Promise<'conflict' | 'done' | 'unfinished'> {
  const { cards, clock } = ports;
  const answered = withoutEdit(announced, since);
  if (!updated.ok) {
    const open = updated.why === 'unsure' ? announced : answered;
    return (await postpone(ports, open, { lane: 'edits', failure: updated })) === 'saved'
      ? 'done'
      : 'conflict';
  }
  const { trouble: _solved, ...well } = answered;
  const unfinished = unfinishedAt(well, clock());
  if ((await cards.save({ ...well, shown: version }, unfinished)) === 'conflict') return 'conflict';
  return unfinished === undefined ? 'done' : 'unfinished';
}

/** Somebody else has delivered the card meanwhile: nobody knows whose edit came last, so the message is edited once more. */
async function forgetShown(
  { cards, clock }: UsedPorts,
  { key, message }: Card,
  { since, updated }: { readonly since: number; readonly updated: Updated },
): Promise<boolean> {
  const isUnsure = !updated.ok && updated.why === 'unsure';
  const mayHaveArrived = updated.ok || isUnsure;
  for (;;) {
    const latest = await cards.get(key);
    if (!latest.message || !message || !isSameMessage(latest.message, message)) return false;
    const others = withoutEdit(latest, since);
    const othersUntil = editedUntil(others, clock());
    const open = isUnsure ? latest : others;
    const next = mayHaveArrived ? { ...open, shown: 0 } : open;
    if ((await cards.save(next, othersUntil ?? clock())) === 'saved') {
      return othersUntil !== undefined || !mayHaveArrived;
    }
  }
}
