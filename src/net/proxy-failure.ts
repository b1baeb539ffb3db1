import type { ProxyTrouble } from '../domain/hosts/proxy-trouble.ts';

/** The proxy let no connection be made: not a byte of the request left. */
export class ProxyFailure extends Error {
  override readonly name: string = 'ProxyFailure';
  /** Some clients hand on only this and the message: `troubleOf` reads it. */
  readonly code: string;
  readonly trouble: ProxyTrouble;

  constructor(trouble: ProxyTrouble, options?: ErrorOptions) {
    super(proxySentence(trouble), options);
    this.trouble = trouble;
    this.code = codeOf(trouble);
  }
}

function proxySentence(trouble: ProxyTrouble): string {
  switch (trouble.is) {
    case 'refused':
      return `the proxy ${trouble.name} refused the connection (${trouble.status}${meaning(trouble.status)})`;
    case 'unreachable':
      return `the proxy ${trouble.name} could not be reached`;
    case 'silent':
      return `the proxy ${trouble.name} did not answer in time`;
  }
}

function meaning(status: number): string {
  if (status === 407) return ': it takes a user and a password, or others than those in HTTPS_PROXY';
  if (status === 403) return ': it does not allow this address';
  return status >= 500 ? ': it did not get there itself' : '';
}

function codeOf(trouble: ProxyTrouble): string {
  return trouble.is === 'refused' ? `PROXY_refused_${trouble.status}` : `PROXY_${trouble.is}`;
}

export function troubleOf(code: string | undefined, name: string): ProxyTrouble | undefined {
  const [, is, status] = /^PROXY_(refused|unreachable|silent)(?:_(\d+))?$/.exec(code ?? '') ?? [];
  if (is === 'refused') return { is, name, status: Number(status) };
  return is === 'unreachable' || is === 'silent' ? { is, name } : undefined;
}
