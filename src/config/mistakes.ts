import type { z } from 'zod';
import { nearest } from '../domain/kit/nearest.ts';
import { notSupportedYet, policyTable } from './policy-schema.ts';

type Path = readonly PropertyKey[];

export interface Mistake {
  readonly path: Path;
  readonly words: string;
}

/** What is wrong with the file, in words, each with the field it concerns. */
export function mistakesIn(data: unknown, error: z.ZodError): readonly Mistake[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      return [{ path: issue.path, words: `${issue.message}, got ${shown(valueAt(data, issue.path))}` }];
    }
    return issue.keys.map((key) => ({ path: [...issue.path, key], words: unknownField(issue.path, key) }));
  });
}

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

/** `rules[0].warnAfter` */
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

function shown(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value).slice(0, 80);
}
