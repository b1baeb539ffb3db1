import { useEffect } from 'preact/hooks';
import type { Pick } from '../../slack/find-control.ts';
import { listField } from '../../slack/json.ts';
import type { ShownView } from '../shown.ts';
import { Blocks } from './blocks/block.tsx';
import { send } from './deeds.ts';
import { useWorkspace } from './reader.ts';
import { SurfaceContext } from './surface.ts';
import { useDo } from './trouble.ts';

/** The app's Home tab; opening it tells the app. */
export function HomeTab({ view }: { readonly view: ShownView | null }) {
  const { me } = useWorkspace();
  const perform = useDo();
  useEffect(() => perform(send({ do: 'openHome', as: me })), [me]);
  if (!view) return <p class="empty">The app shows nothing on its Home tab.</p>;
  const surface = {
    errors: view.errors,
    use: async (pick: Pick) => send({ do: 'use', as: me, place: { view: view.id }, ...pick }),
  };
  return (
    <div class="messages home" tabIndex={0} role="group" aria-label="Home">
      <SurfaceContext.Provider value={surface}>
        <Blocks blocks={listField(view.content, 'blocks')} />
      </SurfaceContext.Provider>
    </div>
  );
}
