import type { Outage, OutageHost } from '../../domain/alerts/outage.ts';
import { isLasting, leftBecause, silentHosts } from '../../domain/alerts/outage.ts';
import type { AzureFailure } from '../../domain/hosts/azure-failure.ts';
import { partsOfHostId } from '../../domain/hosts/host.ts';
import { azureFailureSentence } from '../../wording/azure-failure.ts';
import { counted } from '../../wording/counted.ts';
import { inert, nameLength } from '../../wording/foreign.ts';
import { outageSentence, sessionsConcerned } from '../../wording/outage.ts';
import { at } from '../../wording/time.ts';
import type { Fact, Words } from '../../wording/words.ts';
import { bold, joined, words } from '../../wording/words.ts';
import { facts, lines } from '../kit/blocks.ts';
import { firstThatFits } from '../kit/fit.ts';
import type { Message } from '../kit/message.ts';
import { spoken } from '../kit/spoken.ts';

const rooms: readonly [number, ...number[]] = [20, 5];

/** One cause and all hosts that it costs: edited as they come and go, and closed once. */
export function outageCard(outage: Outage): Message {
  const sentence = outageSentence(outage);
  return firstThatFits(rooms, (named) => ({
    text: spoken(words`${sentence}.`),
    blocks: [
      lines(bold(sentence)),
      ...(isLasting(outage)
        ? [lines(...meaning(outage)), facts(standing(outage, named))]
        : [lines(...ending(outage)), facts([['Hosts', names(outage.hosts, named)]])]),
    ],
  }));
}

function meaning(outage: Outage): readonly Words[] {
  const sessions = sessionsConcerned(outage);
  return [
    azureFailureSentence(outage.failure),
    words`Their sessions (${sessions} when they were last read) are shown as last seen; new ones are not seen, and none is called ended. Limits still count from the last good reading.`,
  ];
}

function standing(outage: Outage, named: number): readonly Fact[] {
  const silent = silentHosts(outage);
  const again = leftBecause(outage, 'read');
  const where = subscriptionsIn(outage.failure, silent);
  return [
    ['Silent', names(silent, named)],
    ...(where.length > 0 ? [['Subscriptions', list(where, 5)] as const] : []),
    ...(again > 0 ? [['Answer again', words`${counted(again, 'host')}`] as const] : []),
  ];
}

function ending(outage: Outage): readonly Words[] {
  const { since, state } = outage;
  const until = state.is === 'over' ? state.at : since;
  const elsewhere = leftBecause(outage, 'other-cause');
  const over = leftBecause(outage, 'no-host');
  return [
    words`From ${at(since)} to ${at(until)}. Whatever began and ended on them in between was not seen.`,
    ...(elsewhere > 0
      ? [
          words`${counted(elsewhere, 'host')} of them: silent still for another cause, told of on another card.`,
        ]
      : []),
    ...(over > 0
      ? [words`${counted(over, 'host')} of them: gone, no longer read, or of a kind without sessions.`]
      : []),
  ];
}

function subscriptionsIn({ kind }: AzureFailure, hosts: readonly OutageHost[]): readonly string[] {
  if (kind !== 'forbidden' && kind !== 'throttled') return [];
  return [...new Set(hosts.flatMap(({ hostId }) => partsOfHostId(hostId)?.subscriptionId ?? []))];
}

function names(hosts: readonly OutageHost[], atMost: number): Words {
  return list(hosts.map(({ name }) => name).toSorted(), atMost);
}

function list(all: readonly string[], atMost: number): Words {
  const shown = all.slice(0, atMost).map((one) => words`${inert(one, nameLength)}`);
  const more = all.length - shown.length;
  return joined([...shown, ...(more > 0 ? [words`${more} more`] : [])], ', ');
}
