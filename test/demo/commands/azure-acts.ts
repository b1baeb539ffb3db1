import { duration } from '../../../src/wording/time.ts';
import type { AzureSimulator } from '../../simulator/azure/azure-simulator.ts';
import { healthOf, setHealth } from '../../simulator/azure/health.ts';
import type { Health } from '../../simulator/azure/healths.ts';
import type { SimulatedHost } from '../../simulator/azure/host.ts';
import { originOfLogin } from '../world/origins.ts';
import type { AzureCommand, Weather } from './azure-command.ts';

/** Carries out what is to happen in Azure; answers in lines. Throws, in words for whoever typed, where that cannot be. */
export interface AzureActs {
  carryOut(command: AzureCommand): readonly string[];
}

const effects: Readonly<Record<Weather, Health>> = {
  silence: 'silent',
  forbid: 'forbidden',
  throttle: 'throttled',
};

const meanings: Readonly<Record<Health, string>> = {
  well: 'answers',
  silent: 'does not answer',
  forbidden: 'forbids the bot to look',
  throttled: 'says: too many requests',
  'other shape': 'answers in another shape',
  boundless: 'answers with gigabytes',
};

export function azureActs(azure: AzureSimulator): AzureActs {
  const hostNamed = (name: string): SimulatedHost => {
    const fits = azure.hosts().filter((host) => host.name.includes(name.toLowerCase()));
    const [host] = fits.filter((each) => each.name === name.toLowerCase() || fits.length === 1);
    if (!host)
      throw new Error(
        `Which host is “${name}”? There are ${azure
          .hosts()
          .map((each) => each.name)
          .join(', ')}.`,
      );
    return host;
  };
  const sessionNamed = (name: string) => {
    const all = azure.hosts().flatMap((host) => host.sessions().map((session) => ({ host, session })));
    const fits = all.filter(
      ({ session }) => session.vm === name || session.login === name || session.id === name,
    );
    const [found, ...more] = fits;
    if (!found) throw new Error(`No session on “${name}”. Type azure for those that there are.`);
    if (more.length > 0) {
      const ids = fits.map(({ session }) => `${session.id} (${session.login} on ${session.vm})`);
      throw new Error(`Several fit “${name}”; end one by its id: ${ids.join(', ')}`);
    }
    return found;
  };
  const show = (host: SimulatedHost): string[] => {
    const health = healthOf(host);
    const sessions = host
      .sessions()
      .map(({ vm, login, protocol, startedAt }) => [
        vm.padEnd(14),
        login.padEnd(12),
        protocol.toUpperCase().padEnd(5),
        duration(Date.now() - startedAt),
      ]);
    return [
      `${host.name} (${host.resourceGroup}, ${host.location})${health === 'well' ? '' : `: ${meanings[health]}`}`,
      ...(sessions.length > 0 ? sessions.map((columns) => `  ${columns.join('')}`) : ['  no sessions']),
    ];
  };

  return {
    carryOut: (command) => {
      switch (command.azure) {
        case 'show':
          return azure.hosts().flatMap(show);
        case 'start': {
          const { vm, host: hostName = 'bastion-prod', login, ageMs, protocol } = command;
          const host = hostNamed(hostName);
          const session = host.startSession({
            vm,
            ...(login !== undefined && { login }),
            ...(ageMs !== undefined && { ageMs }),
            ...(protocol && { protocol }),
            origin: originOfLogin(login),
          });
          return [`${session.login} is on ${vm} through ${host.name}, for ${duration(ageMs ?? 0)} now.`];
        }
        case 'end': {
          const { host, session } = sessionNamed(command.session);
          host.endSession(session.id);
          return [`${session.login} has left ${session.vm}.`];
        }
        case 'heal': {
          const host = hostNamed(command.host);
          setHealth(host, 'well');
          return [`${host.name} answers again.`];
        }
        case 'silence':
        case 'forbid':
        case 'throttle': {
          const host = hostNamed(command.host);
          const health = effects[command.azure];
          setHealth(host, health);
          return [`${host.name} ${meanings[health]}. To undo: azure heal ${host.name}`];
        }
      }
    },
  };
}
