import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Pick } from '../../../simulator/slack/find-control.ts';
import { listField, textField } from '../../../simulator/slack/json.ts';
import type { ShownView } from '../shown.ts';
import { Blocks } from './blocks/block.tsx';
import { plain } from './blocks/text.tsx';
import { send } from './deeds.ts';
import { Dialog } from './dialog.tsx';
import { enteredIn, inputsOf, missingIn } from './entered.ts';
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
  const inputs = inputsOf(content);
  const entered = () => enteredIn(form.current, inputs, timeZone);
  const hand = () => {
    if (isBusy) return;
    const lacking = missingIn(inputs, entered());
    setMissing(lacking);
    if (Object.keys(lacking).length > 0) return;
    void attempt(send({ do: 'submit', as: me, view: id, form: entered() }));
  };
  const errors = { ...view.errors, ...missing };
  const surface = {
    errors,
    use: async (pick: Pick) =>
      attempt(send({ do: 'use', as: me, place: { view: id }, ...pick, form: entered() })),
  };
  useLayoutEffect(() => {
    const wrong = inputs.map((block) => textField(block, 'block_id') ?? '').find((block) => block in errors);
    if (wrong !== undefined && form.current) lookAt(form.current, wrong);
  }, [missing, view.errors]);

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

/** Brings a question before whoever has to answer it anew, with what is wrong. */
function lookAt(form: HTMLFormElement, blockId: string): void {
  const block = form.querySelector(`[data-block="${CSS.escape(blockId)}"]`);
  block?.querySelector<HTMLElement>('input, textarea, select, summary')?.focus();
  block?.scrollIntoView({ block: 'nearest' });
}
