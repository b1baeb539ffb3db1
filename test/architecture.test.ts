import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { importsOf as importsBelow } from './support/imports.ts';

const src = resolve(import.meta.dirname, '../src');

const views = 'slack/(hosts|requests|sessions|alerts|history|home|audit|doctor)/';

/** Who may import what. The first pattern that fits a file holds. */
const layers: readonly (readonly [files: string, mayImport: string])[] = [
  ['domain/', 'domain/|luxon$'],
  ['ports/', 'ports/|domain/'],
  ['usecases/', 'usecases/|domain/|ports/|p-map$'],
  ['wording/', 'wording/|domain/'],
  [
    `${views}([a-z-]*actions|command|[a-z-]*reply)\\.ts`,
    'slack/(?!wire/|delivery/)|domain/|usecases/|ports/|wording/',
  ],
  [`slack/kit/|${views}`, `slack/kit/|${views}|domain/|wording/|@slack/types$`],
  ['slack/wire/', 'slack/(wire|kit)/|slack/action|net/|domain/|ports/|@slack/|ws$|zod$|node:'],
  ['slack/', 'slack/|domain/|usecases/|ports/|wording/|@slack/|zod$|node:'],
  ['azure/', 'azure/|net/|domain/|ports/|@azure/|zod$|node:'],
  // The ways out of the process, below the adapters that take them.
  ['net/', 'net/|domain/|undici$|node:'],
  ['redis/', 'redis/|domain/|ports/|ioredis$|zod$|node:'],
  ['jobs/', 'jobs/|domain/|usecases/|ports/|bullmq$|zod$|node:'],
  ['ops/', 'ops/|domain/|ports/|pino$|prom-client$|node:'],
  ['config/', 'config/|domain/|net/https-proxy\\.ts$|zod$|yaml$|node:'],
  ['app/|cli/|main\\.ts', ''],
];

/** Inside a layer a subject may use those before it. */
const subjects: Readonly<Record<string, string>> = {
  'domain|usecases':
    'kit policy people hosts sessions origins requests alerts history home cards audit doctor',
  slack: 'kit wire hosts requests sessions alerts history home audit doctor delivery',
};

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

const importsOf = (file: string) => importsBelow(src, file);

/** What of it the file may not import, by layer and then by subject. */
function forbiddenTo(file: string): readonly string[] {
  const [, mayImport = '(?!)'] = layers.find(([files]) => new RegExp(`^(${files})`).test(file)) ?? [];
  return importsOf(file).filter(
    (target) => !new RegExp(`^(${mayImport})`).test(target) || looksUpward(file, target),
  );
}

function looksUpward(file: string, target: string): boolean {
  const [layer, subject = ''] = file.split('/');
  const [targetLayer, targetSubject = ''] = target.split('/');
  const [, named = ''] =
    Object.entries(subjects).find(([names]) => names.split('|').includes(layer ?? '')) ?? [];
  const order = named.split(' ');
  return (
    layer === targetLayer && order.includes(subject) && order.indexOf(targetSubject) > order.indexOf(subject)
  );
}

/** What could open a connection, and the one file that gives it our way out. */
const callers: Readonly<Record<string, string>> = {
  'new WebSocket(': 'slack/wire/socket-connection.ts',
  'new WebClient(': 'slack/wire/web-client.ts',
  'new NetworkManagementClient(': 'azure/arm/client.ts',
  'new DefaultAzureCredential(': 'azure/arm/sign-in.ts',
  'new ManagedIdentityCredential(': 'azure/arm/sign-in.ts',
  'new WorkloadIdentityCredential(': 'azure/arm/sign-in.ts',
  'new ChainedTokenCredential(': 'azure/arm/sign-in.ts',
  // Of the endpoints that are never reached through a proxy.
  'new ManagedIdentityApplication(': 'azure/arm/credential.ts',
  'createPipelineFromOptions(': 'azure/logs/client.ts',
  'createDefaultHttpClient(': 'azure/arm/client-through.ts',
};

const ownCall = /(?<![\w.])(globalThis\.)?fetch\(|[=(:]\s*(globalThis\.)?fetch\s*[;,)]/;
const ownClient = /import (?!type )\{(?! createServer \})[^}]*\} from 'node:(https?|http2|tls|dgram|dns)'/;
const anyCaller =
  /\bnew \w*(Client|Credential|Application|Socket|Agent)\(|\bcreate(Default|PipelineFrom)\w+\(/g;
/** What Bolt would call by itself. */
const byBolt = /async \(\{[^}]*\b(client|respond|say)\b[^}]*\}\) =>/;

describe('the architecture', () => {
  it('has a rule for every file', () => {
    const known = new RegExp(`^(${layers.map(([files]) => files).join('|')})`);
    expect(sources.filter((file) => !known.test(file))).toEqual([]);
  });

  it('has a place in the order for every subject', () => {
    const orders = Object.entries(subjects).flatMap(([names, order]) =>
      names.split('|').map((layer) => [layer, order.split(' ')] as const),
    );
    const unordered = orders.flatMap(([layer, order]) =>
      sources.filter((file) => {
        const [first, folder, ...rest] = file.split('/');
        return first === layer && rest.length > 0 && !order.includes(folder ?? '');
      }),
    );
    expect(unordered).toEqual([]);
  });

  it.each(sources)('%s imports only what it may', (file) => {
    expect(forbiddenTo(file)).toEqual([]);
  });

  it.each(sources.filter((file) => /^(domain|usecases)\//.test(file)))(
    '%s asks nobody for the time',
    (file) => {
      const code = readFileSync(join(src, file), 'utf8');
      expect(code).not.toMatch(/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bsetTimeout\(|\bprocess\./);
    },
  );

  it.each(sources.filter((file) => /^(domain|usecases|wording)\//.test(file)))(
    '%s names every case of its switches, so that the compiler finds a new one',
    (file) => {
      expect(readFileSync(join(src, file), 'utf8')).not.toMatch(/^\s*default:/m);
    },
  );

  it('starts children in one file only, which gives each the bare environment', () => {
    const starting = sources.filter((file) => importsOf(file).includes('node:child_process'));
    expect(starting).toEqual(['redis/server/child.ts']);
    const code = readFileSync(join(src, 'redis/server/child.ts'), 'utf8');
    const starts = code.match(/\b(?:spawn|exec|execFile|fork)(?:Sync)?\(/g) ?? [];
    expect(code.match(/\benv: bareEnvironment\(\)/g)).toHaveLength(starts.length);
  });

  it('starts none in the launcher but the builder, in the bare environment', () => {
    const launch = resolve(src, '../launch');
    const codes = readdirSync(launch).map(
      (file) => [file, readFileSync(join(launch, file), 'utf8')] as const,
    );
    const using = (words: RegExp) => codes.filter(([, code]) => words.test(code)).map(([file]) => file);
    expect(using(/child_process/)).toEqual([]);
    expect(using(/from 'esbuild'/)).toEqual(['bundle.js']);
    expect(codes.find(([file]) => file === 'bundle.js')?.[1]).toMatch(
      /inBareEnvironment\(async \(\) =>\s+build\(/,
    );
  });
  it.each(sources.filter((file) => !file.startsWith('net/')))(
    '%s leaves the process by no way of its own, so that it goes through the proxy',
    (file) => {
      const code = readFileSync(join(src, file), 'utf8');
      expect(code).not.toMatch(ownCall);
      expect(code).not.toMatch(ownClient);
      expect(code).not.toMatch(byBolt);
      const strangers = [...code.matchAll(anyCaller)].filter(([call]) => callers[call] !== file);
      expect(strangers.map(([call]) => call)).toEqual([]);
    },
  );

  it.each(sources.filter((file) => file.startsWith('usecases/')))('%s names the ports it uses', (file) => {
    const text = readFileSync(join(src, file), 'utf8');
    const code = text.replace(/^import [^;]+;$|^ *(\/\*\*|\/\/) .*$/gm, '');
    expect(code.replace(/\bPick<\s*(Ports|Stores),/g, '')).not.toMatch(/\b(Ports|Stores)\b/);
  });

  it('asks in one place whether Azure gave a session an id, and so whether it can be ended', () => {
    const asking = sources.filter((file) =>
      /\bsessionId\b(?:[^;\n]{0,20}[!=]==? ?''| (?:\|\||&&)|\.length)|![\w.]*\bsessionId\b|(?<![!=]== (?:\w+\.)*)\bsessionId \? /.test(
        readFileSync(join(src, file), 'utf8'),
      ),
    );
    expect(asking).toEqual(['domain/sessions/session.ts']);
  });

  it('calculates in one place when a session reaches its limit', () => {
    const calculating = sources.filter((file) =>
      /[-+*] [\w.]*\bwarnAfterMs\b|\bwarnAfterMs\b [-+*]/.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(calculating).toEqual(['domain/sessions/limits.ts']);
    const findingRules = sources.filter((file) => importsOf(file).includes('domain/sessions/rule.ts'));
    expect(findingRules).toEqual(['domain/sessions/limits.ts']);
  });

  it('keeps test code out of the product', () => {
    const outside = sources.flatMap(importsOf).filter((target) => target.startsWith('..'));
    expect(outside).toEqual(['../package.json']);
  });
});
