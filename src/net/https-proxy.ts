/** What everything that leaves over TLS goes through. */
export interface HttpsProxy {
  /** `http`: spoken to in clear text, as most are; what goes through it is encrypted all the same. */
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** `proxy.example.com:3128`: all of it that is ever shown. */
  readonly name: string;
  readonly authorization?: string;
  /** Whether a connection to this host, without brackets, goes through it. */
  readonly covers: (host: string, port: number) => boolean;
}
