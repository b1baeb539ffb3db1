import { stillAsks } from '../../src/domain/cards/content.ts';
import { cardName } from '../../src/domain/cards/kinds.ts';
import { cardMessage } from '../../src/slack/cards.ts';
import { field } from '../simulator/slack/json.ts';
import type { Message } from '../simulator/slack/messages.ts';
import { cardOf, isVisible, reads } from './cards-seen.ts';
import { expectedCards } from './expected-cards.ts';
import type { Ledger } from './ledger.ts';
import type { Remembered, Wrong } from './remembered.ts';
import type { Stage } from './stage.ts';

/** Every card that should be there is there once and says what it should. */
export function judgeCards(
  { slack }: Stage,
  ledger: Ledger,
  remembered: Remembered,
  history: boolean,
  wrong: Wrong,
) {
  const expected = expectedCards(remembered);
  let shown = 0;
  let gone = 0;
  let missing = 0;
  let doubled = 0;
  let answerLost = 0;
  let stale = 0;
  for (const { key, content, mayBeMissing = false } of expected) {
    const name = cardName(key, '/');
    const posted = slack.messages.filter((message) => cardOf(message) === name);
    const visible = posted.filter(isVisible);
    const [first, ...others] = visible;
    if (!first && mayBeMissing) continue;
    if (!first) {
      const deleted = posted.find(({ channel, ts }) => ledger.deleted.has(`${channel}/${ts}`));
      // That somebody deleted a message is noticed at its next edit, and matters while it asks for something.
      if (deleted && (!stillAsks(content) || !wasEdited(slack, deleted))) {
        gone += 1;
        continue;
      }
      missing += 1;
      wrong('missing', `${name}, which should read "${cardMessage(content).text}"`);
      continue;
    }
    shown += 1;
    if (others.length > 0) {
      const calls = slack.requests.all.filter(
        ({ method, args }) =>
          method === 'chat.postMessage' && JSON.stringify(field(args, 'metadata')).includes(name),
      );
      const wasLost = !history && calls.length > 0;
      if (wasLost) answerLost += 1;
      else doubled += 1;
      const told = visible.map(({ ts, versions }) => `${ts} (${versions.length} versions)`).join(', ');
      const outcomes = calls.map(({ at, outcome }) => `${at} ${outcome ?? 'never answered'}`).join(', ');
      if (!wasLost) wrong('doubled', `${name}: ${told}; posts: ${outcomes}`);
    }
    const should = cardMessage(content).text;
    if (!visible.some((message) => reads(message) === should)) {
      stale += 1;
      wrong('stale', `${name} reads "${reads(first)}" and should read "${should}"`);
    }
  }
  const known = new Set(expected.map(({ key }) => cardName(key, '/')));
  for (const message of slack.messages.filter(isVisible)) {
    const name = cardOf(message);
    if (name !== undefined && !known.has(name)) wrong('unknown card', `${name} reads "${reads(message)}"`);
  }
  return {
    'cards expected': expected.length,
    'cards shown': shown,
    'cards deleted by somebody, asking for nothing': gone,
    'cards missing': missing,
    'cards doubled': doubled,
    'doubled because the answer was lost': answerLost,
    'cards stale': stale,
  };
}

/** Whether an edit was tried since it was deleted. */
function wasEdited({ requests }: Stage['slack'], { ts, deletedAt = 0 }: Message): boolean {
  return requests.all.some(
    ({ at, method, args }) => method === 'chat.update' && field(args, 'ts') === ts && at > deletedAt,
  );
}
