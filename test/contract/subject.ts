import type { AuditEntry } from '../../src/domain/audit/entry.ts';
import type { Stores } from '../../src/ports/ports.ts';

/** An empty store of one kind, as every test of a contract gets it. */
export interface Subject {
  readonly stores: Stores;
  /** Everything appended to the audit, oldest first. */
  readonly trail: () => Promise<readonly AuditEntry[]>;
}

export type NewSubject = () => Promise<Subject>;

/** Every one of them started before the first has ended. */
export async function atOnce<Result>(
  times: number,
  act: (index: number) => Promise<Result>,
): Promise<Result[]> {
  return Promise.all(Array.from({ length: times }, async (_, index) => act(index)));
}
