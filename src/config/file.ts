import type { Document } from 'yaml';
import { LineCounter, parseDocument, visit } from 'yaml';
import { whole } from '../domain/kit/whole.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { fileText } from './file-text.ts';
import { offsetOf } from './line.ts';
import { excessIn } from './measure.ts';
import type { Mistake } from './mistakes.ts';
import { fieldName, mistakesIn } from './mistakes.ts';
import { policyDigest } from './policy-digest.ts';
import type { PolicyFile } from './policy-schema.ts';
import { policySchema } from './policy-schema.ts';
import { harmless, visible } from './shown.ts';
import { oversized } from './sizes.ts';
import { warningsOf } from './warnings.ts';

export interface GoodPolicy {
  readonly policy: Policy;
  readonly digest: string;
  readonly warnings: readonly string[];
}

export type PolicyResult =
  ({ readonly ok: true } & GoodPolicy) | { readonly ok: false; readonly mistakes: readonly string[] };

/** A longer list would hide what comes first. */
const mostMistakes = 20;

export function readPolicy(path: string): PolicyResult {
  const read = fileText(path);
  if (!read.ok) return refused(path, [`${path}: expected the policy file, but ${read.why}`]);
  try {
    return parsePolicy(read.text, path);
  } catch (error) {
    return refused(path, [`${path}: expected a policy in YAML, but ${String(error)}`]);
  }
}

function refused(path: string, all: readonly string[], count = all.length): PolicyResult {
  const shown = all
    .slice(0, mostMistakes)
    .map((line) => `${visible(path)}${harmless(line.slice(path.length))}`);
  const more = count - shown.length;
  return { ok: false, mistakes: more > 0 ? [...shown, `and ${more.toLocaleString('en')} more`] : shown };
}

function parsePolicy(text: string, path: string): PolicyResult {
  const lines = new LineCounter();
  const excess = excessIn(text);
  if (excess) return refused(path, [`${path}:${lineAt(text, excess.offset)} ${excess.words}`]);
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    // Even where the text asks for an older YAML, with tags and merged maps.
    schema: 'core',
    resolveKnownTags: false,
  });
  const at = (offset: number) => `${path}:${lines.linePos(offset).line}`;
  const malformed = [...document.errors, ...document.warnings, ...wrongAliases(document)];
  if (malformed.length > 0) {
    const first = malformed.slice(0, mostMistakes);
    return refused(
      path,
      first.map(({ message, pos }) => `${at(pos[0])} ${hinted(message)}`),
      malformed.length,
    );
  }

  const data: unknown = document.toJS({ maxAliasCount: 100 });
  const inWords = ({ path: field, words }: Mistake) => {
    const name = fieldName(field);
    return `${at(offsetOf(document, field))} ${name === '' ? words : `${name}: ${words}`}`;
  };
  const tooMuch = oversized(data);
  if (tooMuch.length > 0) return refused(path, tooMuch.slice(0, mostMistakes).map(inWords), tooMuch.length);
  const parsed = policySchema.safeParse(data);
  if (!parsed.success) {
    const { mistakes, count } = mistakesIn(data, parsed.error, mostMistakes);
    return refused(path, mistakes.map(inWords), count);
  }
  const policy = policyFrom(parsed.data);
  return { ok: true, policy, digest: policyDigest(parsed.data), warnings: warningsOf(policy) };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
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

/** Aliases of nothing, or of something that they are a part of. */
function wrongAliases(document: Document) {
  const wrong: { message: string; pos: readonly [number, number] }[] = [];
  visit(document, {
    Alias(_key, alias) {
      const start = alias.range?.[0] ?? 0;
      const target = alias.resolve(document);
      const [from = 0, to = 0] = target?.range ?? [];
      if (!target) wrong.push({ message: `Alias *${alias.source} stands for nothing`, pos: [start, start] });
      else if (from <= start && start < to) {
        wrong.push({
          message: `Alias *${alias.source} stands within what it stands for`,
          pos: [start, start],
        });
      }
    },
  });
  return wrong;
}

function hinted(message: string): string {
  return /alias/i.test(message) ? `${message}; a pattern that begins with * needs quotes` : message;
}
