import { EventEmitter } from 'node:events';

export interface LoggedRequest {
  readonly at: number;
  readonly kind: RequestKind;
  readonly method: string;
  /** The `Host` header: what the client believes it talks to. */
  readonly host: string;
  /** As it was written, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed; undefined when there is none. */
  readonly body: unknown;
  /** Given to the client for support cases. */
  readonly correlationId: string;
  /** Undefined until answered; 0 when it never is, or was reset. */
  status?: number;
}

export type RequestKind =
  | 'token'
  | 'subscriptions'
  | 'hosts'
  | 'host'
  | 'graph'
  | 'sessions'
  | 'disconnect'
  | 'poll'
  | 'page'
  | 'logs'
  | 'other';

export type Matches = (request: LoggedRequest) => boolean;

/** Everything that reached the simulator, in order of arrival. */
export interface RequestLog {
  all(matches?: Matches): readonly LoggedRequest[];
  count(matches: Matches): number;
  /** The first that matches, of those logged and those to come; asked again as each arrives and is answered. */
  waitFor(matches: Matches, timeoutMs?: number): Promise<LoggedRequest>;
  clear(): void;
}

export interface WritableLog extends RequestLog {
  arrived(request: LoggedRequest): void;
  answered(request: LoggedRequest, status: number): void;
}

/** The log forgets the older half when it is full, so a long demo does not grow. */
const most = 50_000;

export function requestLog(): WritableLog {
  let requests: LoggedRequest[] = [];
  const events = new EventEmitter<{ change: [LoggedRequest] }>().setMaxListeners(0);
  const all = (matches: Matches = () => true) => requests.filter(matches);
  return {
    all,
    count: (matches) => all(matches).length,
    clear() {
      requests = [];
    },
    arrived(request) {
      if (requests.length >= most) requests = requests.slice(most / 2);
      requests.push(request);
      events.emit('change', request);
    },
    answered(request, status) {
      request.status = status;
      events.emit('change', request);
    },
    async waitFor(matches, timeoutMs = 30_000) {
      const logged = requests.find(matches);
      if (logged) return logged;
      return new Promise((resolve, reject) => {
        const onChange = (request: LoggedRequest) => {
          if (!matches(request)) return;
          finish();
          resolve(request);
        };
        const timer = setTimeout(() => {
          finish();
          const seen = requests.slice(-10).map(({ method, path, status }) => `${method} ${path} ${status}`);
          reject(new Error(`No such request within ${timeoutMs} ms. The last ones:\n${seen.join('\n')}`));
        }, timeoutMs);
        const finish = () => {
          clearTimeout(timer);
          events.off('change', onChange);
        };
        events.on('change', onChange);
      });
    },
  };
}
