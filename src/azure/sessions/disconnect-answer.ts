import { textOf } from '../arm/json.ts';
import { listIn } from './list-answer.ts';

export function statesIn(body: unknown, sessionIds: readonly string[]): string | undefined {
  const items = listIn(body)?.items ?? [];
  const mine = items.filter((item) => sessionIds.some((id) => item['sessionId'] === id));
  const states = new Set(mine.flatMap((item) => textOf(item['state']) ?? []));
  return states.size === 0 ? undefined : [...states].join(', ');
}
