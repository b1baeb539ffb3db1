import { readFileSync } from 'node:fs';
import type { Document } from 'yaml';
import { LineCounter, parseDocument, visit } from 'yaml';
import { whole } from '../domain/kit/whole.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { offsetOf } from './line.ts';
import { fieldName, mistakesIn } from './mistakes.ts';
import { policyDigest } from './policy-digest.ts';
import type { PolicyFile } from './policy-schema.ts';
import { policySchema } from './policy-schema.ts';
import { warningsOf } from './warnings.ts';

export interface GoodPolicy {
  readonly policy: Policy;
  /** Of what the file says. */
  readonly digest: string;
  readonly warnings: readonly string[];
}

export type PolicyResult =
  ({ readonly ok: true } & GoodPolicy) | { readonly ok: false; readonly mistakes: readonly string[] };

/** Every mistake at once, each with file, line and field. */
export function readPolicy(path: string): PolicyResult {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { ok: false, mistakes: [`${path}: expected the policy file, but ${whyUnreadable(error)}`] };
  }
  return parsePolicy(text, path);
}

function parsePolicy(text: string, path: string): PolicyResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const at = (offset: number) => `${path}:${lines.linePos(offset).line}`;
  const malformed = [...document.errors, ...document.warnings, ...danglingAliases(document)];
  if (malformed.length > 0) {
    return { ok: false, mistakes: malformed.map(({ message, pos }) => `${at(pos[0])} ${hinted(message)}`) };
  }

  const data: unknown = document.toJS();
  const parsed = policySchema.safeParse(data);
  if (!parsed.success) {
    const mistakes = mistakesIn(data, parsed.error).map(({ path: field, words }) => {
      const name = fieldName(field);
      return `${at(offsetOf(document, field))} ${name === '' ? words : `${name}: ${words}`}`;
    });
    return { ok: false, mistakes };
  }
  const policy = policyFrom(parsed.data);
  return { ok: true, policy, digest: policyDigest(parsed.data), warnings: warningsOf(policy) };
}

function policyFrom({ disconnect, polling, rules, ...rest }: PolicyFile): Policy {
  return whole<Policy>()({
    ...rest,
    disconnect: {
      approval: disconnect.approval,
      expiresAfterMs: disconnect.expiresAfter,
      ownerMayApprove: disconnect.ownerMayApprove,
      maxPerHour: disconnect.maxPerHour,
      tellOwner: disconnect.tellOwner,
    },
    polling: { everyMs: polling.every },
    rules: rules.map(({ name, match, warnAfter }) => ({ name, match, warnAfterMs: warnAfter })),
  });
}

function danglingAliases(document: Document) {
  const dangling: { message: string; pos: readonly [number, number] }[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document)) return;
      const start = alias.range?.[0] ?? 0;
      dangling.push({ message: `Alias *${alias.source} stands for nothing`, pos: [start, start] });
    },
  });
  return dangling;
}

function hinted(message: string): string {
  return /alias/i.test(message) ? `${message}; a pattern that begins with * needs quotes` : message;
}

function whyUnreadable(error: unknown): string {
  const code = typeof error === 'object' && error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'it may not be read (permission denied)';
  if (code === 'EISDIR') return 'this is a folder';
  return `it cannot be read (${String(code ?? error)})`;
}
