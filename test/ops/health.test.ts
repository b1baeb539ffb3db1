import { describe, expect, it } from '@jest/globals';
import { healthBoard } from '../../src/ops/health.ts';

describe('the health board', () => {
  it('is ready once every required part works', () => {
    const board = healthBoard({ clock: () => 0 });
    board.expect('redis', { required: true });
    board.expect('azure', { required: false });
    expect(board.health().ready).toBe(false);
    board.report('redis', 'ok');
    expect(board.health().ready).toBe(true);
    board.report('azure', 'down', 'no token');
    expect(board.health().ready).toBe(true);
    board.report('redis', 'degraded');
    expect(board.health().ready).toBe(true);
    board.report('redis', 'down');
    expect(board.health().ready).toBe(false);
  });

  it('notes since when a part is in its state', () => {
    let now = 1;
    const board = healthBoard({ clock: () => now });
    board.expect('redis', { required: true });
    for (const state of ['ok', 'ok', 'down', 'down'] as const) {
      now += 10;
      board.report('redis', state, `at ${now}`);
    }
    expect(board.health().parts).toEqual([
      { name: 'redis', required: true, state: 'down', detail: 'at 41', since: 31 },
    ]);
  });
});
