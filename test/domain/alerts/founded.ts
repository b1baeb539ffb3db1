import type { Outage, Sights, SilentHost } from '../../../src/domain/alerts/outage.ts';
import { isLasting } from '../../../src/domain/alerts/outage.ts';
import { gatherOutages } from '../../../src/domain/alerts/outages.ts';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import { aHost, minute } from '../../support/build.ts';
import { aSilentHost } from '../../support/silent.ts';

export const down: AzureFailure = { kind: 'unreachable' };
export const refused: AzureFailure = { kind: 'signed-out', because: 'refused' };
export const names = ['a', 'b', 'c', 'd', 'e'];
const idOf = (name: string) => aHost({ name }).id;

/** Five hosts, some of them silent, and the outages and silences as they are stored. */
export function world() {
  const outages = new Map<string, Outage>();
  const silent = new Map<string, SilentHost>();
  let ids = 0;
  return {
    outages,
    silent,
    lasting: () => [...outages.values()].filter(isLasting),
    fall(name: string, failure: AzureFailure, since: number) {
      const before = silent.get(name);
      const fallen = aSilentHost(name, failure, since);
      ids += 1;
      const silence = before ? { ...before.silence, failure } : { ...fallen.silence, id: `silence-${ids}` };
      silent.set(name, { ...fallen, silence });
    },
    answer: (name: string) => silent.delete(name),
    gather(now: number, hosts = names.length, unknown: readonly string[] = []) {
      const sights: Sights = {
        unknown: new Set(unknown.map(idOf)),
        silent: [...silent.values()],
        answering: new Set(names.filter((name) => !silent.has(name)).map(idOf)),
        hosts,
        outages: [...outages.values()].filter(isLasting),
      };
      const changes = gatherOutages(sights, {
        everyMs: minute,
        now,
        newId: () => `outage-${outages.size + 1}`,
      });
      for (const { outage, silences } of changes) {
        outages.set(outage.id, { ...outage, version: outage.version + 1 });
        for (const silence of silences) {
          const one = silent.get(silence.hostName);
          if (one) silent.set(silence.hostName, { ...one, silence });
        }
      }
      return changes;
    },
  };
}
