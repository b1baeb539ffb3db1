import { useEffect, useState } from 'preact/hooks';
import type { Live } from './live.ts';

/**
 * Where a window looks by itself: at first where something was said last, unless it has a place; then, while the story
 * plays, where something happens. Returns what ends that until the story is over: somebody does something in it.
 */
export function useFollowing(
  { messages, latest, parts: { story } }: Live,
  hasPlace: boolean,
  look: (channel: string) => void,
): () => void {
  const [isFollowing, setFollowing] = useState(true);
  useEffect(() => {
    const newest = [...messages.values()].at(-1);
    if (!hasPlace && newest) look(newest.channel);
  }, []);
  useEffect(() => {
    if (story.is !== 'playing') setFollowing(true);
    else if (isFollowing && latest) look(latest.channel);
  }, [latest, story.is]);
  return () => setFollowing(false);
}
