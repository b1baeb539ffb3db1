import { useEffect, useRef } from 'preact/hooks';
import type { Pick } from '../../../simulator/slack/find-control.ts';
import { listField } from '../../../simulator/slack/json.ts';
import type { ShownView } from '../shown.ts';
import { Blocks } from './blocks/block.tsx';
import { send } from './deeds.ts';
import { enteredIn, inputsOf } from './entered.ts';
import { useReader, useWorkspace } from './reader.ts';
import { SurfaceContext } from './surface.ts';
import { useDo } from './trouble.ts';

/** The app's Home tab; opening it tells the app. */
export function HomeTab({ view }: { readonly view: ShownView | null }) {
  const { me } = useWorkspace();
  const { timeZone } = useReader();
  const form = useRef<HTMLFormElement>(null);
  const perform = useDo();
  useEffect(() => perform(send({ do: 'openHome', as: me })), [me]);
  if (!view) {
    return (
      <div class="messages">
        <p class="empty">The app shows nothing on its Home tab.</p>
      </div>
    );
  }
  const { id, content, errors } = view;
  const surface = {
    errors,
    use: async (pick: Pick) =>
      send({
        do: 'use',
        as: me,
        place: { view: id },
        ...pick,
        form: enteredIn(form.current, inputsOf(content), timeZone),
      }),
  };
  return (
    <form
      ref={form}
      class="messages home"
      tabIndex={0}
      aria-label="Home"
      onSubmit={(event) => event.preventDefault()}
    >
      <SurfaceContext.Provider value={surface}>
        <Blocks blocks={listField(content, 'blocks')} />
      </SurfaceContext.Provider>
    </form>
  );
}
