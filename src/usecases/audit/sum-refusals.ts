import type { Ports } from '../../ports/ports.ts';

/** Puts on record how often the same was refused once more, after its minute. */
export async function sumRefusals({
  audit,
  clock,
  log,
}: Pick<Ports, 'audit' | 'clock' | 'log'>): Promise<void> {
  for (const entry of await audit.sumRefusals(clock())) log.info({ ...entry }, 'refused more of the same');
}
