import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { wayOut } from '../../src/net/way-out.ts';
import { clouds } from '../../src/azure/arm/clouds.ts';
import { lazyAzure } from '../../src/azure/lazy-azure.ts';
import { keepingLog } from '../support/log.ts';
import { azureUnderTest, known } from './azure-under-test.ts';

const start = resolve(import.meta.dirname, '../../src/app/run.ts');

/** Every module that a start loads before its first line runs. */
function loadedWith(file: string, seen: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const code = readFileSync(file, 'utf8');
  const imports = [...code.matchAll(/^(?:import|\} from|export .* from)(?! type)\b.*'([^']+)';$/gm)];
  return imports
    .map(([, specifier = '']) => (specifier.startsWith('.') ? resolve(dirname(file), specifier) : specifier))
    .filter((module) => !seen.has(module))
    .reduce((all, module) => {
      if (all.has(module)) return all;
      const more = new Set([...all, module]);
      return module.startsWith('/') ? loadedWith(module, more) : more;
    }, seen);
}

describe('the Azure SDK', () => {
  it('is no part of what a start loads', () => {
    const loaded = [...loadedWith(start)];
    expect(loaded).toContain('bullmq');
    expect(loaded.filter((module) => module.startsWith('@azure/'))).toEqual([]);
  });
});

describe('the bastion that loads it', () => {
  const { azure } = azureUnderTest();

  it('lists the sessions of hosts it has found', async () => {
    const host = azure().addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'session-1', vm: 'vm-web-1' });
    const { bastion } = lazyAzure({
      cloud: clouds.public,
      out: wayOut(),
      resourceManagerUrl: azure().url,
      subscriptionIds: [host.subscriptionId],
      version: '0.0.0',
      clock: Date.now,
      log: keepingLog().log,
    });
    expect((await bastion.discoverHosts('background')).hosts).toEqual([known(host)]);
    expect(await bastion.readSessions(known(host), 'waiting')).toMatchObject({
      ok: true,
      sessions: [{ sessionId: 'session-1' }],
    });
    expect(await bastion.disconnect(known(host), ['session-1'])).toEqual({ ok: true, state: 'Disconnected' });
  });
});
