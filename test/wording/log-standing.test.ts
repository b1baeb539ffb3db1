import { describe, expect, it } from '@jest/globals';
import type { LogProblem } from '../../src/domain/origins/log-standing.ts';
import { logProblemCause, logTroubleLines } from '../../src/wording/log-standing.ts';
import { plainly } from '../../src/wording/words.ts';
import { noon } from '../support/build.ts';

const action = 'Microsoft.OperationalInsights/workspaces/query/MicrosoftAzureBastionAuditLogs/read';

describe('what is said of an audit log that does not tell', () => {
  it.each<[LogProblem, RegExp]>([
    [{ is: 'not-set' }, /: LOG_ANALYTICS_WORKSPACE_ID is not set\. Set it to the workspace/],
    [{ is: 'no-table' }, / since .*: the logs have no table MicrosoftAzureBastionAuditLogs\. Give each/],
    [{ is: 'no-workspace' }, /no such workspace, or .* another tenant\. Check/],
    [
      { is: 'no-columns', columns: ['TunnelId', 'UserEmail'] },
      /tells only a part.*no column TunnelId, UserEmail/,
    ],
    [{ is: 'partial' }, /a part of the answer only, which is not used/],
    [{ is: 'too-many' }, /more connections than the bot takes at once/],
    [
      { is: 'unanswered', failure: { kind: 'forbidden', action } },
      /lacks the right .*AuditLogs\/read\. Give it to/,
    ],
    [{ is: 'unanswered', failure: { kind: 'timed-out' } }, /did not answer in time\. Everything else works/],
  ])('%j', (problem, expected) => {
    const [said, ...more] = logTroubleLines({ since: noon, problem }).map(plainly);
    expect(said).toMatch(expected);
    expect(more).toEqual([]);
    expect(said).toContain(plainly(logProblemCause(problem)));
  });
});
