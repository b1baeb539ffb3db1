import type { LogProblem } from '../../domain/origins/log-standing.ts';
import type { Wanted } from '../../domain/origins/wanted.ts';
import { halved, hostsOf, periodsOf } from '../../domain/origins/wanted.ts';
import type { LogAnswer } from '../../ports/connection-log.ts';
import type { Ports } from '../../ports/ports.ts';

/** What the log said of some of the sessions. */
export interface Answered {
  readonly wanted: readonly Wanted[];
  readonly answer: LogAnswer;
}

/** So that what one answer cannot hold never uses up what the service allows everybody. */
const asksAtMost = 8;

/** Asks once for all sessions, or in parts where one answer cannot hold it all: the youngest sessions first. */
export async function askLog(
  { connectionLog }: Pick<Ports, 'connectionLog'>,
  wanted: readonly Wanted[],
): Promise<readonly Answered[]> {
  const told: Answered[] = [];
  let left: readonly (readonly Wanted[])[] = [wanted];
  for (let asks = 0; asks < asksAtMost; asks += 1) {
    const [part, ...rest] = left;
    if (!part) break;
    const question = { hostIds: hostsOf(part), periods: periodsOf(part) };
    const answer = await connectionLog.connections(question);
    const isTooMuch = answer.problem?.is === 'too-many' && part.length > 1;
    left = isTooMuch ? [...halved(part), ...rest] : rest;
    if (!isTooMuch) told.push({ wanted: part, answer });
  }
  const unasked = left.flat();
  const tooMany: LogProblem = { is: 'too-many' };
  return unasked.length === 0
    ? told
    : [...told, { wanted: unasked, answer: { connections: [], covered: [], problem: tooMany } }];
}
