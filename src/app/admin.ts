import { startAdminServer } from '../ops/admin.ts';
import type { HealthBoard } from '../ops/health.ts';
import { healthBoard } from '../ops/health.ts';
import type { Metrics } from '../ops/metrics.ts';
import type { Start } from './start.ts';

export async function openAdmin(
  { settings, clock, log, stops }: Start,
  metrics: Metrics,
): Promise<{ readonly board: HealthBoard; readonly port: number }> {
  const board = healthBoard({ clock });
  board.expect('redis', { required: true });
  board.expect('slack', { required: settings.role !== 'worker' });
  board.expect('store', { required: true });
  board.expect('shutdown', { required: true });
  const server = await startAdminServer({
    ...settings.admin,
    health: () => board.health(),
    metrics: async () => metrics.text(),
    log,
  });
  stops.add('admin server', async () => server.stop());
  return { board, port: server.port };
}
