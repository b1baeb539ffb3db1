import type { AzureSimulator } from '../../simulator/azure/azure-simulator.ts';
import type { LoggedRequest as AzureRequest } from '../../simulator/azure/request-log.ts';
import { textField } from '../../simulator/slack/json.ts';
import type { LoggedRequest as SlackRequest } from '../../simulator/slack/request-log.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import type { ShownRequest } from './shown.ts';

const mostOfAKind = 60;

/** The latest requests that reached Azure and Slack, the latest first; routine does not crowd out the rest. */
export function requestLines(azure: AzureSimulator, slack: SlackSimulator): () => readonly ShownRequest[] {
  const ids = new WeakMap<object, number>();
  let lastId = 0;
  const idOf = (request: object) => {
    const id = ids.get(request) ?? (lastId += 1);
    ids.set(request, id);
    return id;
  };
  const channelName = (id: string | undefined) => {
    const channel = id === undefined ? undefined : slack.world.channels.get(id);
    if (!channel) return slack.world.people.has(id ?? '') ? ' to a person' : '';
    return channel.kind === 'direct' ? ' to a person' : ` in #${channel.name}`;
  };
  const ofAzure = (request: AzureRequest): ShownRequest => ({
    id: idOf(request),
    at: request.at,
    to: 'Azure',
    what: `${request.method} ${shortPath(request.path)}`,
    outcome:
      request.status === undefined ? 'no answer yet' : request.status === 0 ? 'cut' : String(request.status),
    isFailed: request.status === 0 || (request.status ?? 0) >= 400,
    isRoutine: isReading(request),
  });
  const ofSlack = (request: SlackRequest): ShownRequest => ({
    id: idOf(request),
    at: request.at,
    to: 'Slack',
    what: `${request.method}${channelName(textField(request.args, 'channel'))}`,
    outcome: request.outcome ?? 'no answer yet',
    isFailed: request.outcome !== undefined && request.outcome !== 'ok',
    isRoutine: isHealthCheck(request),
  });
  const latest = (areRoutine: boolean) => [
    ...azure.requests
      .all((request) => isReading(request) === areRoutine)
      .slice(-mostOfAKind)
      .map(ofAzure),
    ...slack.requests.all
      .filter((request) => isHealthCheck(request) === areRoutine)
      .slice(-mostOfAKind)
      .map(ofSlack),
  ];
  return () =>
    [false, true]
      .flatMap((areRoutine) => latest(areRoutine).sort(latestFirst).slice(0, mostOfAKind))
      .sort(latestFirst);
}

function isReading({ kind }: AzureRequest): boolean {
  return kind !== 'disconnect';
}

/** Asked every few seconds, whether or not anything happens. */
function isHealthCheck({ method }: SlackRequest): boolean {
  return method === 'auth.test';
}

function latestFirst(a: ShownRequest, b: ShownRequest): number {
  return b.at - a.at || b.id - a.id;
}

/** From the name of the resource on: what comes before is the same for all. */
function shortPath(path: string): string {
  const [, ...rest] = path.split('/providers/');
  return rest.length === 0 ? path : `…/${rest.join('/providers/')}`;
}
