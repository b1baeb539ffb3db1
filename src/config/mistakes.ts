import type { z } from 'zod';
import { nearest } from '../domain/kit/nearest.ts';
import { notSupportedYet, policyTable } from './policy-schema.ts';
import { shownValue } from './shown.ts';

type Path = readonly PropertyKey[];

export interface Mistake {
  readonly path: Path;
  readonly words: string;
}

export function mistakesIn(data: unknown, error: z.ZodError, atMost: number) {
  const found = error.issues.flatMap((issue): readonly Found[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ parent: issue.path, key }))
      : [{ path: issue.path, message: issue.message }],
  );
  const mistakes = found.slice(0, atMost).map((each): Mistake => {
    if ('key' in each)
      return { path: [...each.parent, each.key], words: unknownField(each.parent, each.key) };
    return { path: each.path, words: `${each.message}, got ${shownValue(valueAt(data, each.path))}` };
  });
  return { mistakes, count: found.length };
}

type Found =
  { readonly path: Path; readonly message: string } | { readonly parent: Path; readonly key: string };

function unknownField(parent: Path, key: string): string {
  const prefix = [...parent.filter((part) => typeof part !== 'number').map(String), ''].join('.');
  if (notSupportedYet.has(withoutIndices([...parent, key]))) return 'not supported yet';
  const siblings = policyTable
    .map(({ name }) => name.replaceAll('[]', ''))
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length).replace(/\..*/, ''));
  const meant = nearest(key, siblings);
  return meant === undefined ? 'no such field' : `no such field; did you mean ${meant}?`;
}

export function fieldName(path: Path): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '');
}

function withoutIndices(path: Path): string {
  return fieldName(path).replace(/\[\d+\]/g, '[]');
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    data,
  );
}
