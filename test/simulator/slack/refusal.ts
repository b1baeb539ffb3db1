/** An answer of the Web API with `ok: false`; `details` stand beside the error. */
export class Refusal extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

export function attempt<T>(work: () => T): T | Refusal {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** With the lines that tell developers what is wrong, as Slack sends them. */
export function explained(code: string, problems: readonly string[]): Refusal {
  return new Refusal(code, {
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  });
}
