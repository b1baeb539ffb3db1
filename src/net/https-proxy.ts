export interface HttpsProxy {
  /** `http`: spoken to in clear text; what goes through it is encrypted all the same. */
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** `proxy.example.com:3128`: all of it that is ever shown. */
  readonly name: string;
  readonly authorization?: string;
  /** `host` without brackets. */
  readonly covers: (host: string, port: number) => boolean;
}
