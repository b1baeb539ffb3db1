import type { Ports } from '../../ports/ports.ts';

export async function sumRefusals({
  audit,
  clock,
  log,
}: Pick<Ports, 'audit' | 'clock' | 'log'>): Promise<void> {
  for (const entry of await audit.sumRefusals(clock())) log.info({ ...entry }, 'refused more of the same');
}
