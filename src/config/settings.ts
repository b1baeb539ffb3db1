import type { ProxySettings } from './https-proxy.ts';

export interface Settings {
  readonly role: Role;
  readonly slack: {
    readonly botToken: string;
    readonly apiUrl: string;
    /** Absent in the role `worker`, which takes none. */
    readonly requests?: SlackRequests;
  };
  readonly azure: {
    readonly cloud: 'public' | 'usgov' | 'china';
    readonly resourceManagerUrl?: string;
    readonly subscriptionIds: readonly string[];
    /** A workspace's GUID, or `resource`; without it the audit log is not asked. */
    readonly logWorkspaceId?: string;
    readonly logsUrl?: string;
  };
  readonly redis: RedisSettings | { readonly dataDir: string; readonly serverBin?: string };
  readonly admin: { readonly host: string; readonly port: number };
  /** Absent where Slack and Azure are called directly. */
  readonly network?: ProxySettings;
  /** Set while HTTPS_PROXY is not; they do not stand in for it. */
  readonly unreadProxies?: readonly string[];
  readonly configFile: string;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

export interface RedisSettings {
  readonly url: string;
  /** The object id that an Azure token is the password of, where the URL has none. */
  readonly entraUser?: string;
}

export type SlackRequests =
  | { readonly over: 'http'; readonly signingSecret: string; readonly port: number }
  | { readonly over: 'socket'; readonly appToken: string };

/** `bot` takes Slack's requests, `worker` polls, ends sessions and delivers cards. */
export type Role = 'all' | 'bot' | 'worker';
