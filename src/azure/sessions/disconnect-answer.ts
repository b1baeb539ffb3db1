import { textOf } from '../arm/json.ts';
import { listIn } from './list-answer.ts';

/** Azure's word for what became of this session; undefined when the answer does not say. */
export function stateIn(body: unknown, sessionId: string): string | undefined {
  const items = listIn(body)?.items ?? [];
  const mine = items.find((item) => item['sessionId'] === sessionId);
  return textOf(mine?.['state']);
}
