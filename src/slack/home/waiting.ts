import type { KnownBlock } from '@slack/types';
import type { Waiting } from '../../domain/home/home.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { sessionsIn } from '../../domain/requests/tunnel.ts';
import { whyUnasked } from '../../domain/requests/unasked.ts';
import { namesOf } from '../../wording/batch-state.ts';
import { counted } from '../../wording/counted.ts';
import { person } from '../../wording/person.ts';
import { refusedBecause } from '../../wording/refused-posts.ts';
import { fullLine, sinceLine, wayLine } from '../../wording/session-line.ts';
import { at } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { actions, factLines, lines } from '../kit/blocks.ts';
import { batchDecisionButtons } from '../requests/batch-card.ts';
import { askedFacts, decisionButtons, reasonOf } from '../requests/card.ts';

export function waitingBlocks(waiting: Waiting): readonly KnownBlock[] {
  if (waiting.is === 'request') {
    const { request } = waiting;
    const { session, hostName, expiresAt } = request;
    return [
      lines(
        sinceLine(session),
        wayLine(session, hostName, fullLine),
        ...factLines([...askedFacts(request), ['Expires', words`${at(expiresAt)}`]]),
        ...nobodyAsked([request]),
      ),
      actions(...decisionButtons(request)),
    ];
  }
  const { batch, members } = waiting;
  return [
    lines(
      words`${bold(words`${counted(sessionsIn(members), 'session')}`)}: ${namesOf(members, 80)}`,
      ...factLines([
        ['Asked by', words`${person(batch.requester)}, ${at(batch.askedAt)}`],
        ['Reason', reasonOf(batch)],
        ['Expires', words`${at(batch.expiresAt)}`],
      ]),
      ...nobodyAsked(members),
    ),
    actions(...batchDecisionButtons(batch, members)),
  ];
}

/** The reader of this home is the first to hear of it. */
function nobodyAsked(requests: readonly DisconnectRequest[]): readonly Words[] {
  const code = requests.map(whyUnasked).find((each) => each !== undefined);
  if (code === undefined) return [];
  const [cause, remedy] = refusedBecause(code, 'approvals');
  return [words`${bold(words`Nobody was asked.`)} ${cause}`, remedy];
}
