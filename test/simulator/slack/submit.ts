import { validateView } from './blocks/validate.ts';
import type { Acknowledgement } from './delivery.ts';
import type { Json } from './json.ts';
import { field, isObject, listField, textField } from './json.ts';
import type { View } from './views.ts';
import type { Workspace } from './workspace.ts';

const trouble = 'We had some trouble connecting. Try again?';

/**
 * What the answer to a submission does to the modal; says what the person is told where it does nothing.
 * https://docs.slack.dev/surfaces/modals#updating_response
 */
export function followSubmission(
  view: View,
  { ok, body }: Acknowledgement,
  workspace: Workspace,
): string | undefined {
  if (!ok) return trouble;
  const { views } = workspace;
  if (body === undefined) {
    views.close(view.personId, false);
    return undefined;
  }
  switch (textField(body, 'response_action')) {
    case 'clear':
      views.close(view.personId, true);
      return undefined;
    case 'errors':
      return showErrors(view, field(body, 'errors'), workspace);
    case 'update':
    case 'push':
      return showNext(view, body, workspace);
    default:
      return trouble;
  }
}

function showErrors(view: View, errors: unknown, { views }: Workspace): string | undefined {
  const inputs = new Set(listField(view.content, 'blocks').map((block) => textField(block, 'block_id')));
  const entries = isObject(errors) ? Object.entries(errors) : [];
  const known = entries.filter(([id, text]) => inputs.has(id) && typeof text === 'string');
  if (known.length === 0 || known.length < entries.length) return trouble;
  views.showErrors(view, Object.fromEntries(known.map(([id, text]) => [id, String(text)])));
  return undefined;
}

function showNext(view: View, body: unknown, { views }: Workspace): string | undefined {
  const next: unknown = field(body, 'view');
  if (!isModal(next)) return trouble;
  if (field(body, 'response_action') === 'push') views.push(view.personId, next);
  else views.update(view, next);
  return undefined;
}

function isModal(view: unknown): view is Json {
  return isObject(view) && view['type'] === 'modal' && validateView(view).length === 0;
}
