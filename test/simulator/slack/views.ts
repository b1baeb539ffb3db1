import { withIds } from './block-ids.ts';
import { newId } from './ids.ts';
import type { Json } from './json.ts';
import { listField, textField } from './json.ts';
import { Refusal } from './refusal.ts';

/** A modal before a person, or their Home tab. */
export interface View {
  readonly id: string;
  readonly personId: string;
  /** As the app sent it, with ids on its blocks; changes with every update. */
  readonly content: Json;
  readonly hash: string;
  readonly rootId: string;
  readonly previousId?: string;
  /** What the last submission was answered, by `block_id`. */
  readonly errors: Readonly<Record<string, string>>;
}

const deepestStack = 3;

export interface Views {
  open(personId: string, content: Json): View;
  push(personId: string, content: Json): View;
  update(view: View, content: Json, hash?: string): View;
  showErrors(view: View, errors: Readonly<Record<string, string>>): void;
  /** Takes the topmost modal away, or all of them. */
  close(personId: string, all: boolean): void;
  publish(personId: string, content: Json, hash?: string): View;
  /** By `view_id` or by `external_id`; open ones only. */
  find(id: string): View | undefined;
  stackOf(personId: string): readonly View[];
  homeOf(personId: string): View | undefined;
}

export function createViews(changed: () => void): Views {
  const stacks = new Map<string, readonly View[]>();
  const homes = new Map<string, View>();
  const stackOf = (personId: string) => stacks.get(personId) ?? [];
  const setStack = (personId: string, stack: readonly View[]) => {
    stacks.set(personId, stack);
    changed();
  };
  const replace = (before: View, after: View) => {
    if (homes.get(before.personId)?.id === before.id) homes.set(before.personId, after);
    else
      stacks.set(
        before.personId,
        stackOf(before.personId).map((view) => (view.id === before.id ? after : view)),
      );
    changed();
    return after;
  };
  const latest = (id: string) =>
    [...[...stacks.values()].flat(), ...homes.values()].find(
      (view) => view.id === id || textField(view.content, 'external_id') === id,
    );
  const stack = (personId: string, below: readonly View[], content: Json) => {
    const externalId = textField(content, 'external_id');
    if (externalId !== undefined && latest(externalId)) throw new Refusal('duplicate_external_id');
    const view = newView(personId, content, below.at(-1));
    setStack(personId, [...below, view]);
    return view;
  };
  return {
    stackOf,
    homeOf: (personId) => homes.get(personId),
    find: latest,
    open: (personId, content) => stack(personId, [], content),
    push: (personId, content) => {
      const below = stackOf(personId);
      if (below.length === 0) throw new Refusal('not_found');
      if (below.length >= deepestStack) throw new Refusal('push_limit_reached');
      return stack(personId, below, content);
    },
    update: (view, content, hash) => {
      const before = latest(view.id);
      if (!before) throw new Refusal('not_found');
      if (hash !== undefined && hash !== before.hash) throw new Refusal('hash_conflict');
      return replace(before, { ...before, content: identified(content), hash: newHash(), errors: {} });
    },
    showErrors: (view, errors) => void replace(view, { ...view, errors }),
    close: (personId, all) => setStack(personId, all ? [] : stackOf(personId).slice(0, -1)),
    publish: (personId, content, hash) => {
      const before = homes.get(personId);
      if (before && hash !== undefined && hash !== before.hash) throw new Refusal('hash_conflict');
      const view = newView(personId, content, undefined);
      homes.set(personId, before ? { ...view, id: before.id, rootId: before.id } : view);
      changed();
      return homes.get(personId) ?? view;
    },
  };
}

function newView(personId: string, content: Json, below: View | undefined): View {
  const id = newId('V');
  return {
    id,
    personId,
    content: identified(content),
    hash: newHash(),
    rootId: below?.rootId ?? id,
    ...(below && { previousId: below.id }),
    errors: {},
  };
}

function identified(content: Json): Json {
  return { ...content, blocks: withIds(listField(content, 'blocks')) };
}

function newHash(): string {
  return `${String(Date.now())}.${newId('')}`;
}
