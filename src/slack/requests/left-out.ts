import type { LeftOut } from '../../domain/requests/batch.ts';
import { isUnasked } from '../../domain/requests/unasked.ts';
import { counted } from '../../wording/counted.ts';
import { person } from '../../wording/person.ts';
import { nameLength } from '../../wording/foreign.ts';
import { shortSessionName } from '../../wording/session-line.ts';
import { at } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { words } from '../../wording/words.ts';
import type { Message } from '../kit/message.ts';
import { note } from '../kit/note.ts';

export function leftOutNote(asked: number, leftOut: LeftOut): Message | undefined {
  const because = leftOutSentences(leftOut);
  if (because.length === 0) return undefined;
  return asked === 0
    ? note(words`Nothing was asked for.`, ...because)
    : note(words`${counted(asked, 'session')} asked for; the others were left out.`, ...because);
}

function leftOutSentences({ alreadyAsked, cannotBeEnded, over }: LeftOut): readonly Words[] {
  return [
    ...alreadyAsked.map((existing) => {
      const { session, requester, askedAt } = existing;
      const nobody = isUnasked(existing) ? words` Nobody was asked to approve it yet.` : [];
      return words`${shortSessionName(session, nameLength)}: ${person(requester)} asked already, ${at(askedAt)}.${nobody}`;
    }),
    ...cannotBeEnded.map(
      (session) =>
        words`${shortSessionName(session, nameLength)}: cannot be ended from here, Azure gives it no id.`,
    ),
    ...(over > 0 ? [words`${counted(over, 'session')} over meanwhile, or on a host no longer known.`] : []),
  ];
}
