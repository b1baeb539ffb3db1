import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { excessiveAnswer } from '../excess.ts';
import { refusedToken } from '../identity.ts';
import { runQuery } from '../kql/run-query.ts';
import type { Incoming } from '../listener.ts';
import { loggedRequest, parsedBody } from '../logged-request.ts';
import type { Answer, Reply } from '../reply.ts';
import { ok } from '../reply.ts';
import type { WritableLog } from '../request-log.ts';
import type { AuditLog } from './audit-log.ts';
import { auditTable } from './audit-row.ts';
import type { LogsBehaviour, LogsFault } from './behaviour.ts';
import type { Admit } from './budget.ts';
import type { LogsErrorOptions } from './errors.ts';
import { logsError, partialError, refusedQuery } from './errors.ts';
import type { QueryScope, Readable } from './query-scope.ts';
import { notReadable, refusalOf, scopeOf } from './query-scope.ts';
import type { Question } from './question.ts';
import { readQuestion } from './question.ts';
import { tableJson } from './result.ts';

/** What the endpoint works on. */
export interface LogsWorld extends Readable {
  readonly admit: Admit;
  readonly audiences: readonly string[];
  readonly behaviour: LogsBehaviour;
  readonly clock: () => number;
  readonly hasTable: () => boolean;
  readonly log: AuditLog;
  /** By the clock of the log. */
  readonly now: () => number;
}

/** https://learn.microsoft.com/azure/azure-monitor/logs/api/request-format */
export async function answerAsLogs(world: LogsWorld, log: WritableLog, incoming: Incoming): Promise<Reply> {
  const correlationId = randomUUID();
  const request = loggedRequest(incoming, { kind: 'logs', at: world.clock(), correlationId });
  log.arrived(request);
  const answer = await answerTo(world, incoming);
  const reply = typeof answer === 'object' && 'code' in answer ? logsError(answer, correlationId) : answer;
  log.answered(request, typeof reply === 'string' ? 0 : reply.status);
  return reply;
}

/** What stands before the query: path, token, budget, faults, rights, JSON. */
async function answerTo(world: LogsWorld, incoming: Incoming): Promise<Reply | LogsErrorOptions> {
  const scope = scopeOf(incoming);
  if (!scope) return { status: 404, code: 'PathNotFoundError' };
  const refusal = refusedToken(incoming.headers.authorization, world.audiences, world.clock());
  if (refusal) return refusalOf(refusal);
  const throttled = await world.admit(incoming.done);
  if (throttled) return throttled;
  const latencyMs = world.behaviour.latencyMs();
  if (latencyMs > 0) await setTimeout(latencyMs);
  const fault = world.behaviour.faultFor(scope.form);
  const instead = replyInstead(fault) ?? notReadable(world, scope);
  if (instead) return instead;
  const body = bodyOf(incoming);
  // Who does not say that it is JSON asks nothing, and is told nothing.
  if (!body) return { status: 200 };
  const question = readQuestion(body, world.now());
  return 'code' in question ? question : queryAnswer(world, scope, question, fault.partial);
}

function replyInstead(fault: LogsFault): Reply | LogsErrorOptions | undefined {
  const { body, error, excess, hang, noContent, reset } = fault;
  if (error) return error;
  if (hang) return 'hang';
  if (reset) return 'reset';
  if (noContent) return { status: 204 };
  if (excess) return excessiveAnswer(excess);
  return body && { status: 200, body: 'json' in body ? body.json : body.text };
}

function bodyOf({ headers, text }: Incoming): object | undefined {
  const body = headers['content-type']?.includes('json') ? parsedBody(text) : undefined;
  return typeof body === 'object' && body !== null ? body : undefined;
}

function queryAnswer(
  { hasTable, log, now }: LogsWorld,
  { form, id }: QueryScope,
  { query, timespan }: Question,
  partial: LogsFault['partial'] = false,
): Answer | LogsErrorOptions {
  try {
    const read = log.read({ timespan, ...(form === 'resource' && { resource: id }) });
    const table = runQuery(query, hasTable() ? { [auditTable]: read } : {}, now());
    if (partial === false) return ok({ tables: [tableJson(table)] });
    const count = partial === true ? Math.floor(table.rows.length / 2) : partial;
    return ok({ tables: [tableJson({ ...table, rows: table.rows.slice(0, count) })], error: partialError });
  } catch (error) {
    return refusedQuery(error);
  }
}
