import type { Silence } from '../../domain/alerts/silence.ts';
import { isSilent } from '../../domain/alerts/silence.ts';
import { azureFailureSentence } from '../../wording/azure-failure.ts';
import { counted } from '../../wording/counted.ts';
import { nameLength, inert } from '../../wording/foreign.ts';
import { at } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { facts, lines } from '../kit/blocks.ts';
import type { Message } from '../kit/message.ts';
import { spoken } from '../kit/spoken.ts';

export function silenceCard(silence: Silence): Message {
  const { since, failure } = silence;
  const headline = headlineOf(silence);
  return {
    text: spoken(words`${headline}.`),
    blocks: [
      lines(bold(headline)),
      lines(...meaning(silence)),
      facts([
        ['Silent since', words`${at(since)}`],
        ['Last good reading', lastGood(silence)],
      ]),
      ...(isSilent(silence) ? [lines(azureFailureSentence(failure), ...stateLines(silence))] : []),
    ],
  };
}

function headlineOf({ hostName, outageId, since, state }: Silence): Words {
  const host = inert(hostName, nameLength);
  switch (state.is) {
    case 'no-data':
      return outageId === undefined
        ? words`No data from ${host} since ${at(since)}`
        : words`No data from ${host} and others since ${at(since)}`;
    case 'data-again':
      return words`Data again from ${host}, checked ${at(state.readAt)}`;
    case 'host-gone':
      return words`There is no host ${host} any more, checked ${at(state.at)}`;
    case 'no-longer-polled':
      return words`${host} is no longer read, ${at(state.at)}`;
    case 'unsupported':
      return words`Azure lists no sessions for ${host}, checked ${at(state.at)}`;
  }
}

function meaning({ failure, outageId, since, state }: Silence): readonly Words[] {
  switch (state.is) {
    case 'no-data':
      return outageId === undefined
        ? [
            words`Sessions on it are shown as they were last seen; new ones are not seen, and none is called ended.`,
          ]
        : [words`One cause silences several hosts: the card of that outage tells of all of them.`];
    case 'data-again':
      return [
        words`Silent from ${at(since)} to ${at(state.readAt)}. Whatever began and ended on it in between was not seen.`,
      ];
    case 'host-gone':
      return [words`Whatever began and ended on it in between was not seen.`];
    case 'no-longer-polled':
      return [words`The settings of the bot leave it out; nothing is told of it any more.`];
    case 'unsupported':
      return [words`${azureFailureSentence(failure)} The list names it; no card does.`];
  }
}

function stateLines({ provisioningState }: Silence): readonly Words[] {
  return provisioningState === undefined
    ? []
    : [words`Azure says that the host is ${inert(provisioningState, nameLength)}, which may explain it.`];
}

function lastGood({ readAt, sessions }: Silence): Words {
  return readAt === undefined ? words`None yet` : words`${at(readAt)}, with ${counted(sessions, 'session')}`;
}
