import { anAlert, hour, minute, noon } from '../../support/build.ts';

export const alert = anAlert({ rule: { name: 'production', warnAfterMs: hour }, raisedAt: noon + minute });
