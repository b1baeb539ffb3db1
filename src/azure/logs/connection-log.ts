import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connection } from '../../domain/origins/connection.ts';
import type { LogProblem } from '../../domain/origins/log-standing.ts';
import type { WayOut } from '../../net/way-out.ts';
import type { ConnectionLog, LogAnswer, LogQuestion } from '../../ports/connection-log.ts';
import type { Log } from '../../ports/log.ts';
import type { Arm } from '../arm/arm.ts';
import { AzureError, notUnderstood } from '../arm/azure-error.ts';
import type { Cloud } from '../arm/clouds.ts';
import type { Credential } from '../arm/credential.ts';
import { isObject, shapeOf } from '../arm/json.ts';
import { outcomeOf } from '../arm/outcome.ts';
import { renewingCredential } from '../arm/renewing-credential.ts';
import { allowance } from './allowance.ts';
import { isThrottled, together, unanswered, unasked } from './answers.ts';
import { logsClient } from './client.ts';
import { connectionsQuery, rowsAtMost, timespanOf } from './query.ts';
import type { Row } from './rows.ts';
import { connectionIn, missingColumns, rowsIn } from './rows.ts';
import type { Scope } from './scopes.ts';
import { scopesOf } from './scopes.ts';

export interface ConnectionLogOptions {
  readonly credential: Credential;
  readonly cloud: Cloud;
  readonly out: WayOut;
  /** https, with its version; the cloud's by default. */
  readonly logsUrl?: string;
  /** The GUID of one workspace for all hosts; `resource`: each host has its own logs. */
  readonly workspaceId: string;
  readonly version: string;
  readonly clock: () => number;
  readonly log: Log;
  readonly deadlineMs?: number;
  readonly queriesAtMost?: number;
}

/** The service runs five queries of one identity at a time, other users' among them. */
const atOnce = 2;
const serverTimeoutS = 20;
const tokenDeadlineMs = 15_000;

export function azureConnectionLog(options: ConnectionLogOptions): ConnectionLog {
  const { clock, cloud, deadlineMs = 30_000, log, workspaceId } = options;
  const url = options.logsUrl ?? cloud.logsUrl;
  const allowed = allowance(clock, options.queriesAtMost);
  const problems = new Map<string, LogProblem>();
  const scope = cloud.logsScope;
  const { credential } = options;
  const client = logsClient({
    ...options,
    scope,
    credential: renewingCredential({ credential, scope, clock, deadlineMs: tokenDeadlineMs }),
    service: { name: 'the query service of the logs', url, cloudUrl: cloud.logsUrl },
  });

  async function answerOf(place: Scope, { periods }: LogQuestion): Promise<LogAnswer> {
    const body = { query: connectionsQuery(place.hostIds, periods), timespan: timespanOf(periods, clock()) };
    const about = { log, doing: 'read the audit log', hosts: place.hostIds.length };
    const outcome = await outcomeOf(about, deadlineMs, async (signal) => {
      const headers = { prefer: `wait=${serverTimeoutS}` };
      const asked = {
        method: 'POST',
        url: `${url}${place.path}/query`,
        body,
        headers,
        action: place.action,
      } as const;
      return read(client, asked, { signal, place });
    });
    return outcome.ok ? outcome.value : unanswered({ is: 'unanswered', failure: outcome.failure });
  }

  return {
    isSet: true,
    async connections(question) {
      const answers: LogAnswer[] = [];
      const begunAt = clock();
      const left = [...allowed.inTurn(scopesOf(workspaceId, question.hostIds))];
      let mayAsk = true;
      const ask = async () => {
        for (let [place] = left; mayAsk && place && allowed.take(place, begunAt); [place] = left) {
          left.shift();
          const answer = await answerOf(place, question);
          answers.push(answer);
          // Once told to wait, the bot asks no more.
          if (isThrottled(answer)) mayAsk = false;
          else if (answer.problem) problems.set(place.path, answer.problem);
          else problems.delete(place.path);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, ask));
      const known = left.flatMap(({ path }) => problems.get(path) ?? []);
      return { ...together(answers, known), ...unasked(left) };
    },
  };
}

async function read(
  client: Arm,
  asked: Parameters<Arm>[0],
  { signal, place }: { readonly signal: AbortSignal; readonly place: Scope },
): Promise<LogAnswer> {
  const answer = await client(asked, signal).catch((error: unknown) => {
    const problem = error instanceof AzureError ? problemIn(error, place) : undefined;
    if (problem) return problem;
    throw error;
  });
  if ('is' in answer) return unanswered(answer);
  const { body, isEmpty, trace } = answer;
  // The workspace has no data: https://learn.microsoft.com/azure/azure-monitor/logs/api/errors
  if (isEmpty) return unanswered({ is: 'no-table' });
  const rows = rowsIn(body);
  if (!rows) throw notUnderstood(`${shapeOf(body)} without a table`, trace);
  if (isObject(body) && body['error'] !== undefined) return unanswered({ is: 'partial' });
  if (rows.length > rowsAtMost) return unanswered({ is: 'too-many' });
  const columns = missingColumns(rows);
  return {
    connections: await connectionsIn(rows),
    covered: place.hostIds,
    ...(columns.length > 0 && { problem: { is: 'no-columns', columns } }),
  };
}

const rowsAtOnce = 250;

/** A few at a time: thousands of rows would delay clicks. */
async function connectionsIn(rows: readonly Row[]): Promise<readonly Connection[]> {
  const found: Connection[] = [];
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    found.push(...rows.slice(from, from + rowsAtOnce).flatMap((row) => connectionIn(row) ?? []));
    await nextTurn();
  }
  return found;
}

function problemIn({ trace: { code, codes = [] } }: AzureError, { of }: Scope): LogProblem | undefined {
  // The query names nothing else without asking whether it is there.
  if (codes.includes('SEM0100')) return { is: 'no-table' };
  return of === 'workspace' && code === 'PathNotFoundError' ? { is: 'no-workspace' } : undefined;
}
