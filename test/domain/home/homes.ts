import type { HomeOwner, Overview } from '../../../src/domain/home/home.ts';
import { aPolicy, aRule, aSession, aTrackedSession, hour } from '../../support/build.ts';
import { eachTheirOwn } from '../../support/identities.ts';

export const policy = aPolicy({
  rules: [aRule({ warnAfterMs: 2 * hour })],
  people: [
    { vmLogin: 'root', slack: 'U0ANN' },
    { vmLogin: '*', email: '{login}@Example.com' },
  ],
});
export const ann: HomeOwner = {
  id: 'U0ANN',
  email: 'ANN@example.com',
  known: eachTheirOwn,
  view: { allowed: true, via: 'everyone' },
  mayAsk: true,
  mayApprove: true,
};
export const calm: Overview = {
  polling: { is: 'on-time' },
  states: [],
  discovery: { problems: [] },
  alerts: { shown: [], count: 0 },
  waiting: [],
};

export const trackedSessions = (...sessions: readonly Parameters<typeof aSession>[0][]) =>
  sessions.map((overrides, index) => aTrackedSession({ ref: `ref-${index}`, session: aSession(overrides) }));
