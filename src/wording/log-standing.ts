import type { LogProblem, LogStanding } from '../domain/origins/log-standing.ts';
import { azureFailureCause } from './azure-failure.ts';
import { at } from './time.ts';
import type { Words } from './words.ts';
import { code, words } from './words.ts';

export function logTroubleLines({ since, problem }: NonNullable<LogStanding['trouble']>): readonly Words[] {
  const lead =
    problem.is === 'no-columns'
      ? words`Of who is behind sessions, and from where, the audit log tells only a part`
      : words`Who is behind sessions, and from where, is not told by the audit log`;
  const when = problem.is === 'not-set' ? [] : words` since ${at(since)}`;
  return [words`${lead}${when}: ${logProblemCause(problem)}. ${advice(problem)}`];
}

/** As the part of a sentence that follows a colon. */
export function logProblemCause(problem: LogProblem): Words {
  switch (problem.is) {
    case 'not-set':
      return words`${code('LOG_ANALYTICS_WORKSPACE_ID')} is not set`;
    case 'no-table':
      return words`the logs have no table ${code('MicrosoftAzureBastionAuditLogs')}`;
    case 'no-workspace':
      return words`there is no such workspace, or the bot's identity is of another tenant`;
    case 'no-columns':
      return words`the table has no column ${problem.columns.join(', ')}`;
    case 'partial':
      return words`the query service gave a part of the answer only, which is not used`;
    case 'too-many':
      return words`the log has more connections than the bot takes at once`;
    case 'unanswered':
      return azureFailureCause(problem.failure);
  }
}

function advice(problem: LogProblem): Words {
  switch (problem.is) {
    case 'not-set':
      return words`Set it to the workspace that the diagnostic settings of the hosts write to.`;
    case 'no-table':
      return words`Give each Bastion host a diagnostic setting that sends the category ${code('BastionAuditLogs')} there; the table comes with its first row.`;
    case 'no-workspace':
      return words`Check ${code('LOG_ANALYTICS_WORKSPACE_ID')}: it is the workspace's own GUID, not its resource id.`;
    case 'no-columns':
      return words`A data collection rule may drop it; sessions are matched as far as the rest goes.`;
    case 'too-many':
      return words`The youngest sessions come first; the others stay unknown.`;
    case 'partial':
      return words`This usually passes by itself.`;
    case 'unanswered':
      return problem.failure.kind === 'forbidden'
        ? words`Give it to the bot's identity, on the workspace or on the hosts; it may take an hour until Azure sees it.`
        : words`Everything else works without; the bot goes on asking.`;
  }
}
