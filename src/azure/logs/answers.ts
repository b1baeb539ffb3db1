import type { LogProblem } from '../../domain/origins/log-standing.ts';
import type { LogAnswer } from '../../ports/connection-log.ts';
import type { Scope } from './scopes.ts';

export function isThrottled({ problem }: LogAnswer): boolean {
  return problem?.is === 'unanswered' && problem.failure.kind === 'throttled';
}

export function unanswered(problem: LogProblem): LogAnswer {
  return { connections: [], covered: [], problem };
}

/** `known`: problems of places not asked this time. */
export function together(answers: readonly LogAnswer[], known: readonly LogProblem[]): LogAnswer {
  const [problem] = [...answers.flatMap((answer) => answer.problem ?? []), ...known];
  return {
    connections: answers.flatMap(({ connections }) => connections),
    covered: answers.flatMap(({ covered }) => covered),
    ...(problem && { problem }),
  };
}

export function unasked(left: readonly Scope[]): Pick<LogAnswer, 'unasked'> {
  return left.length > 0 ? { unasked: left.flatMap(({ hostIds }) => hostIds) } : {};
}
