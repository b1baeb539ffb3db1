import { validateView } from '../blocks/validate.ts';
import type { Json } from '../json.ts';
import { field, isObject, textField } from '../json.ts';
import { rates } from '../rate-limits.ts';
import { explained, Refusal } from '../refusal.ts';
import type { View } from '../views.ts';
import type { Workspace } from '../workspace.ts';
import type { Method } from './method.ts';
import { required } from './method.ts';

export const open: Method = {
  scopes: [],
  rate: rates.tier4,
  call: (args, workspace) => {
    const content = readView(args, 'modal');
    const personId = workspace.triggers.exchange(required(args, 'trigger_id'));
    return { view: viewObject(workspace.views.open(personId, content), workspace) };
  },
};

export const push: Method = {
  scopes: [],
  rate: rates.tier4,
  call: (args, workspace) => {
    const content = readView(args, 'modal');
    const personId = workspace.triggers.exchange(required(args, 'trigger_id'));
    return { view: viewObject(workspace.views.push(personId, content), workspace) };
  },
};

export const update: Method = {
  scopes: [],
  rate: rates.tier4,
  call: (args, workspace) => {
    const content = readView(args, 'modal');
    const view = workspace.views.find(textField(args, 'view_id') ?? required(args, 'external_id'));
    if (!view) throw new Refusal('not_found');
    return {
      view: viewObject(workspace.views.update(view, content, textField(args, 'hash')), workspace),
    };
  },
};

export const publish: Method = {
  scopes: [],
  rate: rates.tier4,
  call: (args, workspace) => {
    const content = readView(args, 'home');
    const personId = required(args, 'user_id');
    if (!workspace.world.people.has(personId)) throw new Refusal('user_not_found');
    return {
      view: viewObject(workspace.views.publish(personId, content, textField(args, 'hash')), workspace),
    };
  },
};

/** A view as the Web API and the payloads show it; `values` is what its inputs hold. */
export function viewObject(view: View, { world }: Workspace, values: Json = {}): Json {
  return {
    id: view.id,
    team_id: world.team.id,
    app_id: world.bot.appId,
    app_installed_team_id: world.team.id,
    bot_id: world.bot.botId,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    title: null,
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    ...view.content,
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    state: { values },
  };
}

function readView(args: Json, type: 'modal' | 'home'): Json {
  const view = field(args, 'view');
  if (!isObject(view)) throw explained('invalid_arguments', ['missing required field: view']);
  if (view['type'] !== type) throw explained('invalid_arguments', [`must be a ${type} view`]);
  const problems = validateView(view);
  if (problems.includes('/: view_too_large')) throw new Refusal('view_too_large');
  if (problems.length > 0) throw explained('invalid_arguments', problems);
  return view;
}
