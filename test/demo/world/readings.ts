import type { AzureSimulator } from '../../simulator/azure/azure-simulator.ts';
import type { LoggedRequest } from '../../simulator/azure/request-log.ts';
import { textField } from '../../simulator/slack/json.ts';

/** Resolves once each host was asked for its sessions twice more: the first of these answers has been taken in. */
export async function everyHostReadAnew(azure: AzureSimulator, withinMs: number): Promise<void> {
  const asked = (id: string) =>
    azure.requests.count(
      ({ kind, path }) => kind === 'sessions' && path.toLowerCase().startsWith(id.toLowerCase()),
    );
  const before = new Map(azure.hosts().map(({ id }) => [id, asked(id)]));
  await azure.requests.waitFor(() => [...before].every(([id, count]) => asked(id) >= count + 2), withinMs);
}

/** Resolves once the audit log has told of the sessions on every host, and that has been taken in. */
export async function everyHostLookedUp(azure: AzureSimulator, withinMs: number): Promise<void> {
  const isAnswerOf = (hostId: string) => (request: LoggedRequest) =>
    request.kind === 'logs' &&
    request.status === 200 &&
    textField(request.body, 'query')?.includes(hostId.toLowerCase()) === true;
  await Promise.all(azure.hosts().map(async ({ id }) => azure.requests.waitFor(isAnswerOf(id), withinMs)));
  await everyHostReadAnew(azure, withinMs);
}
