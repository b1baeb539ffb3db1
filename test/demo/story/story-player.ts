import { createChanges } from '../../simulator/slack/changes.ts';
import type { PlayedStory } from '../page/page.ts';
import type { ShownStory } from '../page/shown.ts';

/** Plays once from the beginning; what it tells is heard until the signal ends it. */
export type PlayOnce = (tell: (words: string) => void, signal: AbortSignal) => Promise<void>;

export type Outcome = { readonly is: 'told' | 'ended' } | { readonly is: 'stuck'; readonly why: string };

/** One story for everybody who watches, played by whoever wants. */
export interface StoryPlayer extends Pick<PlayedStory, 'state' | 'subscribe'> {
  /** Resolves when it is over, or ended by `stop` or by being played again. */
  play(): Promise<Outcome>;
  /** Whether there was anything to stop. */
  stop(): boolean;
}

export function storyPlayer(playOnce: PlayOnce): StoryPlayer {
  const changes = createChanges();
  let state: ShownStory = { is: 'stopped', caption: '' };
  let playing: AbortController | undefined;
  const become = (next: ShownStory) => {
    state = next;
    changes.note();
  };
  const stop = () => {
    if (!playing) return false;
    playing.abort();
    playing = undefined;
    become({ is: 'stopped', caption: '' });
    return true;
  };
  return {
    get state() {
      return state;
    },
    subscribe: (listener) => changes.subscribe(listener),
    stop,
    play: async () => {
      stop();
      const own = new AbortController();
      playing = own;
      const tell = (caption: string) => {
        if (playing === own) become({ is: 'playing', caption });
      };
      tell('The story begins.');
      const outcome = await outcomeOf(playOnce(tell, own.signal));
      if (playing !== own) return { is: 'ended' };
      playing = undefined;
      become({
        is: 'over',
        caption: outcome.is === 'stuck' ? `It got stuck: ${outcome.why}` : state.caption,
      });
      return outcome;
    },
  };
}

async function outcomeOf(played: Promise<void>): Promise<Outcome> {
  try {
    await played;
    return { is: 'told' };
  } catch (error) {
    return { is: 'stuck', why: error instanceof Error ? error.message : String(error) };
  }
}
