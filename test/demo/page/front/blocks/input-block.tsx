import { useContext, useId } from 'preact/hooks';
import type { Json } from '../../../../simulator/slack/json.ts';
import { isObject, textField } from '../../../../simulator/slack/json.ts';
import { SurfaceContext, useControl } from '../surface.ts';
import { Field } from './field.tsx';
import { plain } from './text.tsx';

/** A question of a form, its hint, and what is wrong with the answer. */
export function InputBlock({ block }: { readonly block: Json }) {
  const { errors } = useContext(SurfaceContext);
  const id = useId();
  const element = isObject(block['element']) ? block['element'] : {};
  const blockId = textField(block, 'block_id') ?? '';
  const { use } = useControl({ blockId, element });
  const label = plain(block['label']);
  const hint = plain(block['hint']);
  const error = errors[blockId];
  const isOptional = block['optional'] === true;
  return (
    <div class="input" data-block={blockId}>
      <label for={`${id}-field`}>
        {label} {isOptional && <small>(optional)</small>}
      </label>
      <Field
        id={`${id}-field`}
        name={blockId}
        element={element}
        label={label}
        describedBy={`${id}-hint ${id}-error`}
        isWrong={error !== undefined}
        onPicked={block['dispatch_action'] === true ? use : undefined}
      />
      <small id={`${id}-hint`} class="hint">
        {hint}
      </small>
      <small id={`${id}-error`} class="error" role="alert">
        {error}
      </small>
    </div>
  );
}
