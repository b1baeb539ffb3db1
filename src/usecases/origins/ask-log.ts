import type { LogProblem } from '../../domain/origins/log-standing.ts';
import type { Wanted } from '../../domain/origins/wanted.ts';
import { halved, hostsOf, periodsOf } from '../../domain/origins/wanted.ts';
import type { LogAnswer, LogQuestion } from '../../ports/connection-log.ts';
import type { Ports } from '../../ports/ports.ts';

export interface Answered {
  readonly wanted: readonly Wanted[];
  readonly answer: LogAnswer;
}

/** So that what one answer cannot hold never uses up what the service allows everybody. */
const asksAtMost = 8;

type UsedPorts = Pick<Ports, 'connectionLog' | 'logAsks'>;

/** Longer than an answer takes: then the replica that asked has died. */
const answersWithinMs = 45_000;

/** Asks while it stays the caller's turn: of two who ask at once, the older answer might be kept last. */
export async function askInTurn(
  { connectionLog, logAsks }: UsedPorts,
  question: LogQuestion,
): Promise<LogAnswer> {
  await logAsks.keepTurn(answersWithinMs);
  return connectionLog.connections(question);
}

/** Asks once for all sessions, or in parts where one answer cannot hold it all: the youngest sessions first. */
export async function askLog(ports: UsedPorts, wanted: readonly Wanted[]): Promise<readonly Answered[]> {
  const told: Answered[] = [];
  let left: readonly (readonly Wanted[])[] = [wanted];
  for (let asks = 0; asks < asksAtMost; asks += 1) {
    const [part, ...rest] = left;
    if (!part) break;
    const answer = await askInTurn(ports, { hostIds: hostsOf(part), periods: periodsOf(part) });
    const tooMuch = tooMuchOf(part, answer);
    left = tooMuch.length > 1 ? [...halved(tooMuch), ...rest] : rest;
    if (tooMuch.length <= 1) told.push({ wanted: part, answer });
    else if (answer.covered.length > 0) told.push({ wanted: part, answer: withoutProblem(answer) });
  }
  const unasked = left.flat();
  const tooMany: LogProblem = { is: 'too-many' };
  return unasked.length === 0
    ? told
    : [...told, { wanted: unasked, answer: { connections: [], covered: [], problem: tooMany } }];
}

function tooMuchOf(
  part: readonly Wanted[],
  { covered, problem, unasked = [] }: LogAnswer,
): readonly Wanted[] {
  if (problem?.is !== 'too-many') return [];
  const done = new Set([...covered, ...unasked]);
  return part.filter(({ session }) => !done.has(session.hostId));
}

function withoutProblem({ problem: _askedAgain, ...answer }: LogAnswer): LogAnswer {
  return answer;
}
