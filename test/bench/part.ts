import { measureBombs } from './bombs.ts';
import { measureHostList } from './host-list.ts';
import { measureHostile } from './hostile.ts';
import { measureOrigins } from './origins.ts';
import { measureOutage } from './outage.ts';
import { measurePage } from './page.ts';
import { measurePolls } from './polls.ts';
import { measureSessions } from './sessions.ts';
import { measureStart } from './start.ts';
import { measureTurns } from './turns.ts';

const parts = new Map([
  ['sessions', measureSessions],
  ['list', measureHostList],
  ['polls', measurePolls],
  ['turns', measureTurns],
  ['start', measureStart],
  ['page', measurePage],
  ['bombs', measureBombs],
  ['origins', measureOrigins],
  ['outage', measureOutage],
  ['hostile', measureHostile],
]);

const measure = parts.get(process.argv[2] ?? '');
process.send?.(await measure?.());
process.disconnect();
