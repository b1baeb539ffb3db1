import type { ControlProps } from '../surface.ts';
import { useControl } from '../surface.ts';
import { Field } from './field.tsx';
import { Overflow } from './overflow.tsx';
import { plain } from './text.tsx';

/** Something to press or to pick from, outside of a form: using it is sent at once. */
export function Element({ blockId, element }: ControlProps) {
  const { isBusy, use } = useControl({ blockId, element });
  switch (element['type']) {
    case 'button':
      return (
        <button
          type="button"
          class="button"
          data-style={element['style']}
          data-busy={isBusy}
          aria-label={
            typeof element['accessibility_label'] === 'string' ? element['accessibility_label'] : undefined
          }
          onClick={() => {
            if (typeof element['url'] === 'string') open(element['url'], '_blank', 'noopener,noreferrer');
            void use();
          }}
        >
          {plain(element['text'])}
        </button>
      );
    case 'overflow':
      return <Overflow element={element} isBusy={isBusy} onPick={(value) => void use(value)} />;
    default:
      return (
        <span class="field" data-busy={isBusy}>
          <Field
            name={`${blockId}.${String(element['action_id'])}`}
            element={element}
            label={plain(element['placeholder']) || 'Choose'}
            onPicked={(entered) => use(entered)}
          />
        </span>
      );
  }
}
