import { policyDigest } from '../config/policy-digest.ts';
import type { Round } from '../jobs/rounds.ts';
import type { HealthBoard } from '../ops/health.ts';
import type { Policies } from '../ports/policies.ts';
import type { Ports } from '../ports/ports.ts';
import { lookOverPeople } from '../usecases/people/look-over-people.ts';
import { peopleTrouble } from '../wording/people-trouble.ts';
import { policyTrouble } from './policy-health.ts';

export interface PeopleRounds {
  readonly board: HealthBoard;
  readonly policies: Policies;
  readonly ports: Pick<Ports, 'log' | 'people' | 'policy'>;
  /** Of this replica, unlike any other's. */
  readonly replica: string;
}

/** A person there is in every workspace. */
const someone = 'USLACKBOT';

/** Whether the policy means whom it names, and whether every replica judges by the same one. */
export function peopleRounds({ board, policies, ports, replica }: PeopleRounds): readonly Round[] {
  const { log, policy } = ports;
  const digest = policyDigest(policy);
  let told = '';
  let isAlone = true;
  return [
    {
      name: 'health of people',
      everyMs: 30_000,
      run: async () => {
        const troubles = (await lookOverPeople(ports, someone)).map(peopleTrouble);
        const detail = troubles.join('; ');
        board.report('people', troubles.length === 0 ? 'ok' : 'degraded', detail || undefined);
        if (detail !== told && troubles.length > 0) {
          log.warn({ troubles }, 'the policy does not mean whom it names');
        }
        told = detail;
      },
    },
    {
      name: 'health of the policy',
      everyMs: 3000,
      run: async () => {
        const inForce = await policies.note(replica, digest);
        const trouble = policyTrouble(inForce, digest);
        board.report('policy', trouble === undefined ? 'ok' : 'degraded', trouble ?? digest);
        if (trouble !== undefined && isAlone)
          log.warn({ inForce, own: digest }, 'replicas judge by different policies');
        isAlone = trouble === undefined;
      },
    },
  ];
}
