import type { ShownStory } from '../shown.ts';
import { send } from './deeds.ts';
import { useDo } from './trouble.ts';

/** What the story tells, and how to stop it or hear it again. */
export function StoryBar({ story }: { readonly story: ShownStory }) {
  const perform = useDo();
  if (story.is === 'none') return null;
  return (
    <section class="story" aria-label="Story" data-is={story.is}>
      <p role="status">{words(story)}</p>
      {story.is === 'playing' ? (
        <button type="button" class="button" onClick={() => perform(send({ do: 'stopStory' }))}>
          Stop
        </button>
      ) : (
        <button type="button" class="button" onClick={() => perform(send({ do: 'playStory' }))}>
          Play the story
        </button>
      )}
    </section>
  );
}

function words({ is, caption }: ShownStory): string {
  if (is === 'stopped') return 'It is your turn: press, type, or start a session behind the scenes.';
  return caption;
}
