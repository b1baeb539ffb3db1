import { z } from 'zod';
import type { Origin } from '../../domain/people/workspace.ts';

/** Ids as Slack spells them; an empty one in a form is none. */
const slackId = z
  .string()
  .regex(/^([A-Z0-9]{2,40})?$/)
  .nullish()
  .transform((id) => id || undefined);
const idOf = z.object({ id: slackId }).nullish();

const userId = z
  .string()
  .regex(/^[UW][A-Z0-9]+$/)
  .optional()
  .catch(undefined);

export const originPayload = z
  .object({
    api_app_id: slackId,
    team_id: slackId,
    team: idOf,
    enterprise_id: slackId,
    enterprise: idOf,
    user_id: userId,
    user: z.object({ id: userId }).optional().catch(undefined),
    event: z.object({ user: userId }).optional().catch(undefined),
  })
  .transform(({ api_app_id, team_id, team, enterprise_id, enterprise, ...people }): Origin => {
    const teamId = team_id ?? team?.id;
    const enterpriseId = enterprise_id ?? enterprise?.id;
    // Each kind of payload names its person in a place of its own; one that names two is none of them.
    const named = [people.user_id, people.user?.id, people.event?.user].flatMap((id) => id ?? []);
    const [by] = named.length === 1 ? named : [];
    return {
      ...(api_app_id !== undefined && { appId: api_app_id }),
      ...(teamId !== undefined && { teamId }),
      ...(enterpriseId !== undefined && { enterpriseId }),
      ...(by !== undefined && { by }),
    };
  });
