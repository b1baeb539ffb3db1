import type { AskToken } from '../ports/access-tokens.ts';
import type { Bastion } from '../ports/bastion.ts';
import type { ConnectionLog } from '../ports/connection-log.ts';
import type { AzureBastionOptions } from './bastion.ts';

export interface AzureOptions extends Omit<AzureBastionOptions, 'credential'> {
  /** A workspace's GUID, or `resource`; without it the audit log is not asked. */
  readonly logWorkspaceId?: string;
  /** https, with its version; the cloud's by default. */
  readonly logsUrl?: string;
}

export interface LazyAzure {
  readonly bastion: Bastion;
  readonly connectionLog: ConnectionLog;
  readonly redisToken: AskToken;
}

/** The first question loads the adapters: the SDK is a third of all that a start would load. */
export function lazyAzure(options: AzureOptions): LazyAzure {
  const credential = once(async () =>
    (await import('./arm/credential.ts')).azureCredential(options.cloud, options.out),
  );
  const bastion = once(async () => {
    const { azureBastion } = await import('./bastion.ts');
    return azureBastion({ ...options, credential: await credential() });
  });
  const redisToken = once(async () => {
    const { redisTokens } = await import('./redis-token.ts');
    return redisTokens(credential);
  });
  return {
    bastion: {
      discoverHosts: async (haste) => (await bastion()).discoverHosts(haste),
      readSessions: async (host, haste) => (await bastion()).readSessions(host, haste),
      disconnect: async (host, sessionIds) => (await bastion()).disconnect(host, sessionIds),
    },
    connectionLog: lazyLog(options, credential),
    redisToken: async (insteadOf) => (await redisToken())(insteadOf),
  };
}

function lazyLog(
  { logWorkspaceId: workspaceId, ...options }: AzureOptions,
  credential: () => Promise<AzureBastionOptions['credential']>,
): ConnectionLog {
  if (workspaceId === undefined) {
    return {
      isSet: false,
      connections: async () => ({ connections: [], covered: [], problem: { is: 'not-set' } }),
    };
  }
  const log = once(async () => {
    const { azureConnectionLog } = await import('./logs/connection-log.ts');
    return azureConnectionLog({ ...options, workspaceId, credential: await credential() });
  });
  return { isSet: true, connections: async (question) => (await log()).connections(question) };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return async () => (made ??= make());
}
