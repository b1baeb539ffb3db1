import { z } from 'zod';
import { slackId } from './payloads.ts';

/** Of `subteam_members_changed`, or of `subteam_updated`, as when a group is disabled. */
export const groupChangedPayload = z
  .object({
    event: z.object({
      subteam_id: slackId.optional(),
      subteam: z.object({ id: slackId }).optional(),
    }),
  })
  .transform(({ event: { subteam, subteam_id } }, context) => {
    const groupId = subteam_id ?? subteam?.id;
    if (groupId !== undefined) return { groupId };
    context.addIssue({ code: 'custom', message: 'names no group' });
    return z.NEVER;
  });

export const personChangedPayload = z
  .object({
    event: z.object({
      user: z.object({
        id: slackId,
        enterprise_user: z.object({ id: z.string().max(64).optional() }).nullish(),
        profile: z.object({ email: z.string().max(320).nullish() }).nullish(),
      }),
    }),
  })
  .transform(({ event: { user: changed } }) => {
    const other = changed.enterprise_user?.id;
    const email = changed.profile?.email;
    return {
      ids: [...new Set([changed.id, other ?? changed.id])],
      ...(email && { email }),
    };
  });
