import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Json } from '../../../simulator/slack/json.ts';
import { field } from '../../../simulator/slack/json.ts';
import { plain, TextObject } from './blocks/text.tsx';
import { Dialog } from './dialog.tsx';
import { ConfirmContext } from './surface.ts';

interface Question {
  readonly confirm: Json;
  readonly answer: (isConfirmed: boolean) => void;
}

/** Asks on behalf of everything inside. */
export function Confirming({ children }: { readonly children: ComponentChildren }) {
  const [question, setQuestion] = useState<Question>();
  const ask = async (confirm: Json) =>
    new Promise<boolean>((resolve) => {
      setQuestion({
        confirm,
        answer: (isConfirmed) => {
          setQuestion(undefined);
          resolve(isConfirmed);
        },
      });
    });
  return (
    <ConfirmContext.Provider value={ask}>
      {children}
      {question && <ConfirmDialog {...question} />}
    </ConfirmContext.Provider>
  );
}

function ConfirmDialog({ confirm, answer }: Question) {
  const title = plain(confirm['title']) || 'Are you sure?';
  return (
    <Dialog label={title} kind="confirm" onLeave={() => answer(false)}>
      <h2>{title}</h2>
      <p class="lines">
        <TextObject object={field(confirm, 'text')} />
      </p>
      <footer>
        <button type="button" class="button" onClick={() => answer(false)}>
          {plain(confirm['deny']) || 'Cancel'}
        </button>
        <button
          type="button"
          class="button"
          data-style={confirm['style'] === 'danger' ? 'danger' : 'primary'}
          data-filled
          onClick={() => answer(true)}
        >
          {plain(confirm['confirm']) || 'Yes'}
        </button>
      </footer>
    </Dialog>
  );
}
