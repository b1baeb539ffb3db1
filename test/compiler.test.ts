import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = resolve(import.meta.dirname, '..');

interface Addition {
  readonly file: string;
  readonly after: string;
  readonly line: string;
  /** Every file that must know of it. */
  readonly failsIn: readonly string[];
}

const additions: Readonly<Record<string, Addition>> = {
  'an alert state': {
    file: 'src/domain/alerts/alert.ts',
    after: 'export type AlertState =',
    line: "| { readonly is: 'muted'; readonly at: number }",
    failsIn: [
      'src/domain/alerts/alert.ts',
      'src/domain/alerts/decide.ts',
      'src/redis/record/shapes/alerts.ts',
      'src/slack/alerts/thread.ts',
      'src/wording/alert-sentence.ts',
      'src/wording/alert-state.ts',
    ],
  },
  'a request state': {
    file: 'src/domain/requests/request.ts',
    after: 'export type RequestState =',
    line: "| { readonly is: 'waiting'; readonly since: number }",
    failsIn: [
      'src/domain/audit/entry.ts',
      'src/domain/requests/carry-out.ts',
      'src/domain/requests/phases.ts',
      'src/domain/requests/review.ts',
      'src/domain/requests/withhold.ts',
      'src/redis/record/shapes/requests.ts',
      'src/wording/batch-state.ts',
      'src/wording/request-state.ts',
    ],
  },
  'a field of a session that may be left out': {
    file: 'src/domain/sessions/session.ts',
    after: 'export interface Session {',
    line: 'readonly entraUser?: string;',
    failsIn: [
      'src/azure/sessions/session-answer.ts',
      'src/domain/audit/entry.ts',
      'src/redis/record/shapes/sessions.ts',
      'src/wording/session-facts.ts',
    ],
  },
  'a field of what is known of a host': {
    file: 'src/domain/sessions/host-state.ts',
    after: 'export interface HostState {',
    line: 'readonly units?: number;',
    failsIn: ['src/redis/record/shapes/sessions.ts'],
  },
  'a card': {
    file: 'src/domain/cards/kinds.ts',
    after: 'export const cards = {',
    line: "'alert-repeat': { subject: 'alert', role: 'repeat', place: 'thread', recurs: true },",
    failsIn: [
      'src/domain/cards/content.ts',
      'src/domain/cards/turn.ts',
      'src/domain/cards/urgency.ts',
      'src/slack/cards.ts',
      'src/usecases/cards/card-subject.ts',
    ],
  },
  'a subject of cards': {
    file: 'src/domain/cards/kinds.ts',
    after: 'interface CardRow {\n  readonly subject:',
    line: "'digest' |",
    failsIn: ['src/domain/cards/kinds.ts', 'src/redis/record/keys.ts', 'test/support/memory-stores.ts'],
  },
  'a field of an entry of the audit that may be left out': {
    file: 'src/domain/audit/entry.ts',
    after: 'export interface AuditEntry {',
    line: 'readonly policy?: string;',
    failsIn: ['src/redis/record/shapes/audit.ts'],
  },
  'something that comes due': {
    file: 'src/ports/due.ts',
    after: 'export type DueItem =',
    line: "| { readonly kind: 'digest'; readonly id: string }",
    failsIn: ['src/jobs/payloads.ts', 'src/redis/store/due.ts'],
  },
  'a field of the policy that may be left out': {
    file: 'src/domain/policy/policy.ts',
    after: 'export interface Policy {',
    line: 'readonly auditDays?: number;',
    failsIn: ['src/config/file.ts'],
  },
  'a field of a rule that may be left out': {
    file: 'src/domain/policy/policy.ts',
    after: 'export interface Rule {',
    line: 'readonly repeatEveryMs?: number;',
    failsIn: ['src/config/file.ts'],
  },
  'a field of what a rule matches': {
    file: 'src/domain/policy/policy.ts',
    after: 'export interface RuleMatch {',
    line: 'readonly resourceType?: string;',
    failsIn: ['src/config/file.ts', 'src/domain/sessions/rule.ts'],
  },
  'a field of the policy file': {
    file: 'src/config/policy-schema.ts',
    after: 'export const policySchema = z.strictObject(\n  {',
    line: 'auditDays: days.prefault(365),',
    failsIn: ['src/config/file.ts'],
  },
  'a port': {
    file: 'src/ports/ports.ts',
    after: 'export interface Ports extends Stores {',
    line: 'readonly pager: HomeTab;',
    failsIn: [
      'src/app/metered-ports.ts',
      'src/app/ports.ts',
      'test/support/calls.ts',
      'test/support/memory-ports.ts',
    ],
  },
  'a port that remembers': {
    file: 'src/ports/ports.ts',
    after: 'export interface Stores {',
    line: 'readonly digests: History;',
    failsIn: [
      'src/app/metered-ports.ts',
      'src/redis/store/stores.ts',
      'test/support/calls.ts',
      'test/support/memory-stores.ts',
    ],
  },
};

/** Those in one copy of the source fail in no file together, so that each complaint is about one of them. */
const copies: string[][] = [[]];
for (const name of Object.keys(additions)) {
  const shared = copies.slice(1).find((names) => !names.some((other) => failTogether(name, other)));
  if (shared) shared.push(name);
  else copies.push([name]);
}

function failTogether(one: string, other: string): boolean {
  return additions[one]?.failsIn.some((file) => additions[other]?.failsIn.includes(file)) ?? false;
}

describe('the compiler', () => {
  const dir = mkdtempSync(join(tmpdir(), 'bastion-bot-compiler-'));
  let complaints: readonly (readonly string[])[];

  // One program over all copies: what they share is checked once.
  beforeAll(async () => {
    for (const file of ['package.json', 'tsconfig.json']) cpSync(join(root, file), join(dir, file));
    symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
    copies.forEach((names, index) => copySource(join(dir, `copy-${index}`), names));
    const include = ['*/src', '*/test/support/calls.ts', '*/test/support/memory-ports.ts'];
    writeFileSync(join(dir, 'copies.json'), JSON.stringify({ extends: './tsconfig.json', include }));
    const failures = copies.map(() => new Set<string>());
    for (const [, copy, file = ''] of (await compile(dir)).matchAll(/^copy-(\d+)\/([^(]+)\(/gm)) {
      failures[Number(copy)]?.add(file);
    }
    complaints = failures.map((files) => [...files].sort());
  }, 300_000);

  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('is content with the source as it is', () => {
    expect(complaints[0]).toEqual([]);
  });

  it.each(Object.entries(additions))(
    'leads from %s to every place that must know it',
    (name, { failsIn }) => {
      const copy = copies.findIndex((names) => names.includes(name));
      const others = copies[copy]?.filter((other) => other !== name) ?? [];
      const ofOthers = others.flatMap((other) => additions[other]?.failsIn ?? []);
      expect(complaints[copy]?.filter((file) => !ofOthers.includes(file))).toEqual(failsIn);
    },
  );
});

function copySource(dir: string, names: readonly string[]): void {
  for (const folder of ['src', 'test/support'])
    cpSync(join(root, folder), join(dir, folder), { recursive: true });
  cpSync(join(root, 'package.json'), join(dir, 'package.json'));
  for (const name of names) {
    const addition = additions[name];
    if (addition) add(dir, addition);
  }
}

function add(dir: string, { file, after, line }: Addition): void {
  const code = readFileSync(join(dir, file), 'utf8');
  const [before, ...rest] = code.split(after);
  if (rest.length !== 1) throw new Error(`${file} has not one “${after}”`);
  writeFileSync(join(dir, file), `${before}${after}\n${line}\n${rest.join('')}`);
}

/** What the compiler prints. */
async function compile(dir: string): Promise<string> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [tsc, '--noEmit', '--pretty', 'false', '-p', 'copies.json'],
      // On one core: beside it run tests in which somebody has three seconds to answer.
      { cwd: dir, env: { ...process.env, GOMAXPROCS: '1' }, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
  });
}
