import { useRef, useState } from 'preact/hooks';
import type { Pick } from '../../slack/find-control.ts';
import { field, listField } from '../../slack/json.ts';
import type { ShownView } from '../shown.ts';
import { Blocks } from './blocks/block.tsx';
import { plain } from './blocks/text.tsx';
import { send } from './deeds.ts';
import { Dialog } from './dialog.tsx';
import { enteredIn, missingIn } from './entered.ts';
import { useReader, useWorkspace } from './reader.ts';
import { SurfaceContext } from './surface.ts';

/** The topmost modal in front of a person. */
export function Modal({ view }: { readonly view: ShownView }) {
  const { me } = useWorkspace();
  const { timeZone } = useReader();
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<Readonly<Record<string, string>>>({});
  const [trouble, setTrouble] = useState('');
  const [isBusy, setBusy] = useState(false);
  const { content, id } = view;
  const title = plain(content['title']);
  const submit = plain(content['submit']);

  const attempt = async (deed: Promise<void>) => {
    setBusy(true);
    setTrouble('');
    try {
      await deed;
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const leave = () => void attempt(send({ do: 'close', as: me, view: id }));
  const hand = () => {
    if (!form.current || isBusy) return;
    const blocks = listField(content, 'blocks').filter((block) => field(block, 'type') === 'input');
    const entered = enteredIn(form.current, blocks, timeZone);
    const lacking = missingIn(blocks, entered);
    setMissing(lacking);
    const [first] = Object.keys(lacking);
    if (first === undefined) return void attempt(send({ do: 'submit', as: me, view: id, entered }));
    form.current
      .querySelector<HTMLElement>(`[data-block="${CSS.escape(first)}"] :is(input, textarea, select)`)
      ?.focus();
  };
  const surface = {
    errors: { ...view.errors, ...missing },
    use: async (pick: Pick) => attempt(send({ do: 'use', as: me, place: { view: id }, ...pick })),
  };

  return (
    <Dialog label={title} kind="form" onLeave={leave}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          hand();
        }}
      >
        <header>
          <h2>{title}</h2>
          <button type="button" class="icon" aria-label="Close" onClick={leave}>
            <span aria-hidden="true">×</span>
          </button>
        </header>
        <div class="body" tabIndex={-1}>
          {trouble !== '' && (
            <p class="alert" data-level="error" role="alert">
              {trouble}
            </p>
          )}
          <SurfaceContext.Provider value={surface}>
            <Blocks blocks={listField(content, 'blocks')} />
          </SurfaceContext.Provider>
        </div>
        <footer>
          <button type="button" class="button" onClick={leave}>
            {plain(content['close']) || 'Cancel'}
          </button>
          {submit !== '' && (
            <button type="submit" class="button" data-style="primary" data-filled data-busy={isBusy}>
              {submit}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}
