import { aPolicy, aRule, hour } from '../../support/build.ts';

export const policy = aPolicy({ rules: [aRule({ warnAfterMs: hour })] });

export function counting(prefix: string): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `${prefix}-${last}`;
  };
}
