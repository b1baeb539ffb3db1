/** What goes wrong with requests to Slack; the first that fits is taken. */
export interface Fault {
  /** A Web API method, `response_url`, or `*`. */
  readonly method: string;
  readonly channel?: string;
  /** How often; without it, until it is ended. */
  readonly times?: number;
  readonly latencyMs?: number;
  /** The request is answered with this instead of being carried out. */
  readonly instead?:
    | { readonly error: string }
    | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
    | 'reset'
    | 'hang';
  /** The request is carried out, and then the connection is cut. */
  readonly loseAnswer?: true;
}

export interface SwitchedFault {
  readonly hits: number;
  end(): void;
}

export interface Faults {
  switchOn(fault: Fault): SwitchedFault;
  /** The fault that strikes this request, counted. */
  strike(method: string, channel: string | undefined): Fault | undefined;
}

export function createFaults(): Faults {
  const active = new Set<{ readonly fault: Fault; hits: number }>();
  return {
    switchOn: (fault) => {
      const entry = { fault, hits: 0 };
      active.add(entry);
      return {
        get hits() {
          return entry.hits;
        },
        end: () => void active.delete(entry),
      };
    },
    strike: (method, channel) => {
      for (const entry of active) {
        const { fault } = entry;
        const fits = fault.method === '*' || fault.method === method;
        if (!fits || (fault.channel !== undefined && fault.channel !== channel)) continue;
        entry.hits += 1;
        if (fault.times !== undefined && entry.hits >= fault.times) active.delete(entry);
        return fault;
      }
      return undefined;
    },
  };
}
