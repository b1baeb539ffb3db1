import type { Home } from '../domain/home/home.ts';
import type { UserId } from '../domain/people/person.ts';
import type { Updated } from './channel.ts';

export interface HomeTab {
  publish(user: UserId, home: Home, drawnAt: number): Promise<Updated>;
}
