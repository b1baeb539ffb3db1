import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';

const root = resolve(import.meta.dirname, '..');
const files = ['src', 'launch'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[jt]s$/.test(file))
    .map((file) => `${folder}/${file}`),
);

type Node = Readonly<Record<string, unknown>>;

/** Every node of the syntax tree of a program. */
function nodesIn(code: string): readonly Node[] {
  const nodes: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isNode(value)) {
      nodes.push(value);
      Object.values(value).forEach(visit);
    }
  };
  visit(parseSync(code, { syntax: 'typescript', target: 'es2023' }));
  return nodes;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

interface Found {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

function expressionsIn(code: string, file: string): readonly Found[] {
  return nodesIn(code)
    .filter(({ type }) => type === 'RegExpLiteral')
    .map(({ pattern, flags }) => {
      const [source, signs] = [String(pattern), String(flags)];
      const line = code.slice(0, code.indexOf(`/${source}/${signs}`)).split('\n').length;
      return { where: `${file}:${line} /${source}/${signs}`, source, flags: signs };
    });
}

const takeExpressions = new Set(['match', 'matchAll', 'search']);

/** What makes a regular expression of a text, where nobody can see which one it will be. */
function madeIn(code: string, file: string): readonly string[] {
  const nodes = nodesIn(code);
  const written = new Set(nodes.filter(isConstantExpression).map(({ id }) => nameOf(id)));
  return nodes.flatMap(({ type, callee, arguments: given }) => {
    if ((type !== 'NewExpression' && type !== 'CallExpression') || !isNode(callee)) return [];
    if (callee['value'] === 'RegExp') return [`${file}: RegExp(…)`];
    const member = isNode(callee['base']) ? callee['base'] : callee;
    const method = isNode(member['property']) ? member['property']['value'] : undefined;
    // A method of a text takes one thing: what takes two is no text's.
    const [first, ...others] = isList(given) ? given : [];
    if (!isNode(first) || others.length > 0) return [];
    const { expression } = first;
    const isWritten = isLiteral(expression) || written.has(nameOf(expression) ?? '');
    return takeExpressions.has(String(method)) && !isWritten ? [`${file}: ${String(method)} of a text`] : [];
  });
}

function isLiteral(value: unknown): boolean {
  return isNode(value) && value['type'] === 'RegExpLiteral';
}

function isConstantExpression({ type, init }: Node): boolean {
  return type === 'VariableDeclarator' && isLiteral(init);
}

function nameOf(value: unknown): string | undefined {
  return isNode(value) && value['type'] === 'Identifier' ? String(value['value']) : undefined;
}

/** Of each, how its time grows with the text in the worst case; with an attack where that is not as the text grows. */
async function growthOf(
  expressions: readonly Pick<Found, 'source' | 'flags'>[],
): Promise<readonly unknown[]> {
  // In a process of its own: in here, what checks in JavaScript where there is no program for the machine would take
  // five times as long.
  const child = spawn(process.execPath, ['--input-type=module', '--eval', checkAll], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', RECHECK_BACKEND: 'auto' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(expressions));
  const grown: unknown = JSON.parse(await text(child.stdout));
  return isNode(grown) ? Object.values(grown) : [];
}

// Only what is proven counts: the search for an attack by chance finds one or not as the machine is busy. That a thing
// may come so often at most leaves fewer ways to go back than that it may come as often as it likes.
const checkAll = `
  import { text } from 'node:stream/consumers';
  import { check } from 'recheck';
  const growth = async ({ source, flags }) => {
    const often = source.replace(/\\{\\d+(?:,\\d*)?\\}/g, '*');
    const { status, complexity, attack, error } = await check(often, flags, { checker: 'automaton', timeout: null });
    if (status === 'safe') return 'linear';
    return status === 'vulnerable' ? complexity.summary + ', e.g. ' + attack.pattern : 'unknown: ' + error.kind;
  };
  const grown = [];
  for (const expression of JSON.parse(await text(process.stdin))) grown.push(await growth(expression));
  process.stdout.write(JSON.stringify(grown), () => process.exit());
`;

const expressions = files.flatMap((file) => expressionsIn(readFileSync(join(root, file), 'utf8'), file));

describe('a regular expression of ours', () => {
  it('takes no more than linear time', async () => {
    const grown = await growthOf(expressions);
    const slow = expressions.flatMap(({ where }, index) =>
      grown[index] === 'linear' ? [] : [`${where}: ${String(grown[index])}`],
    );
    expect(expressions.length).toBeGreaterThan(50);
    expect(slow).toEqual([]);
  }, 300_000);

  it('is written out, never made of text', () => {
    expect(files.flatMap((file) => madeIn(readFileSync(join(root, file), 'utf8'), file))).toEqual([]);
  });
});

describe('the check of regular expressions', () => {
  it.each([
    [String.raw`/^(a+)+$/`, /exponential/],
    [String.raw`/\s+$/`, /2nd degree/],
    [String.raw`/^\S+@\S+$/`, /2nd degree/],
    [String.raw`/(?<=^|[\s:=,])'([^"]*?)'(?=$|[\s,])/g`, /unknown: unsupported/],
  ])('finds what goes back, or may: %s', async (literal, growth) => {
    const [found] = expressionsIn(`\nconst one = ${literal};`, 'one.ts');
    expect(found?.where).toBe(`one.ts:2 ${literal}`);
    expect(await growthOf(found ? [found] : [])).toEqual([expect.stringMatching(growth)]);
  });

  it.each([
    "new RegExp('a')",
    'RegExp(text)',
    "text.match('a')",
    'text.search(`${text}`)',
    'text.search(word)',
    'text?.search(word)',
    "const word = 'a'; text.search(word)",
    'text.match(words.first)',
    'text.matchAll(wordOf(text))',
  ])('finds one that is made of text: %s', (code) => {
    expect(madeIn(code, 'one.ts')).toHaveLength(1);
  });

  it.each(['text.match(/a/)', 'const word = /a/; text.search(word)'])(
    'has nothing against one that is written out: %s',
    (code) => {
      expect(madeIn(code, 'one.ts')).toEqual([]);
    },
  );
});
