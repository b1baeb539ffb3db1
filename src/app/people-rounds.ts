import type { Round } from '../jobs/rounds.ts';
import { startRounds } from '../jobs/rounds.ts';
import type { HealthBoard } from '../ops/health.ts';
import type { Policies } from '../ports/policies.ts';
import type { Ports } from '../ports/ports.ts';
import { lookOverPeople } from '../usecases/people/look-over-people.ts';
import { peopleTrouble } from '../wording/people-trouble.ts';
import { policyTrouble } from './policy-health.ts';
import type { Start } from './start.ts';
import { haltMs } from './stops.ts';

export interface PeopleSources {
  readonly board: HealthBoard;
  readonly policies: Policies;
  readonly ports: Pick<Ports, 'log' | 'newId' | 'people' | 'policy'>;
}

/** A person there is in every workspace. */
const someone = 'USLACKBOT';

/** Looks whether the policy means whom it names, and whether every replica applies the same one. */
export function startPeopleRounds(
  { account, log, policyDigest, stops }: Start,
  { board, policies, ports }: PeopleSources,
): void {
  const replica = ports.newId();
  stops.add('its policy', async () => policies.leave(replica));
  const rounds = startRounds(
    [peopleRound(board, ports), policyRound(board, policies, { log, replica, digest: policyDigest })],
    log,
    account,
  );
  stops.add('looks over people', async () => rounds.stop(haltMs));
}

function peopleRound(board: HealthBoard, ports: PeopleSources['ports']): Round {
  let told = '';
  return {
    name: 'health of people',
    everyMs: 30_000,
    run: async () => {
      const troubles = (await lookOverPeople(ports, someone)).map(peopleTrouble);
      const detail = troubles.join('; ');
      board.report('people', troubles.length === 0 ? 'ok' : 'degraded', detail || undefined);
      if (detail !== told && troubles.length > 0) {
        ports.log.warn({ troubles }, 'the policy does not mean whom it names');
      }
      told = detail;
    },
  };
}

function policyRound(
  board: HealthBoard,
  policies: Policies,
  { digest, log, replica }: Pick<Start, 'log'> & { readonly digest: string; readonly replica: string },
): Round {
  let isAlone = true;
  return {
    name: 'health of the policy',
    everyMs: 3000,
    run: async () => {
      const inForce = await policies.note(replica, digest);
      const trouble = policyTrouble(inForce, digest);
      board.report('policy', trouble === undefined ? 'ok' : 'degraded', trouble ?? digest);
      if (trouble !== undefined && isAlone) {
        log.warn({ inForce, own: digest }, 'replicas apply different policies');
      }
      isAlone = trouble === undefined;
    },
  };
}
