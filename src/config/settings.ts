import type { ProxySettings } from './https-proxy.ts';

export interface Settings {
  readonly role: Role;
  readonly slack: {
    readonly botToken: string;
    readonly apiUrl: string;
    /** How Slack's requests arrive; absent in the role `worker`, which takes none. */
    readonly requests?: SlackRequests;
  };
  readonly azure: {
    readonly cloud: 'public' | 'usgov' | 'china';
    readonly resourceManagerUrl?: string;
    readonly subscriptionIds: readonly string[];
    /** Where the audit log is: a workspace's GUID, or `resource`. Without it nobody asks. */
    readonly logWorkspaceId?: string;
    readonly logsUrl?: string;
  };
  readonly redis: RedisSettings | { readonly dataDir: string; readonly serverBin?: string };
  readonly admin: { readonly host: string; readonly port: number };
  /** Of the calls of Slack and Azure; absent where they are made directly. */
  readonly network?: ProxySettings;
  /** Variables of proxies that are set where HTTPS_PROXY is not, and do not stand in for it. */
  readonly unreadProxies?: readonly string[];
  readonly configFile: string;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

export interface RedisSettings {
  readonly url: string;
  /** The object id that a token of Azure is the password of, where the URL has none. */
  readonly entraUser?: string;
}

export type SlackRequests =
  | { readonly over: 'http'; readonly signingSecret: string; readonly port: number }
  | { readonly over: 'socket'; readonly appToken: string };

/** `bot` takes Slack's requests, `worker` polls, ends sessions and delivers cards. */
export type Role = 'all' | 'bot' | 'worker';
