import type { AzureSimulator } from '../azure/azure-simulator.ts';

/** Resolves once each host was asked for its sessions twice more: the first of these answers has been taken in. */
export async function everyHostReadAnew(azure: AzureSimulator, withinMs: number): Promise<void> {
  const asked = (id: string) =>
    azure.requests.count(
      ({ kind, path }) => kind === 'sessions' && path.toLowerCase().startsWith(id.toLowerCase()),
    );
  const before = new Map(azure.hosts().map(({ id }) => [id, asked(id)]));
  await azure.requests.waitFor(() => [...before].every(([id, count]) => asked(id) >= count + 2), withinMs);
}
