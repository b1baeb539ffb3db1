import type { Candidate, Origin } from '../../src/domain/sessions/origin.ts';

export const fay: Candidate = {
  entraUser: 'fay@corp.example',
  clientAddress: '203.0.113.7',
  userAgent: 'Mozilla/5.0 Edg/141',
  tunnelId: 'tunnel-1',
};
export const dana: Candidate = { entraUser: 'dana@corp.example', clientAddress: '198.51.100.4' };

export function exactly(candidate: Candidate): Origin {
  return { known: 'exact', candidates: [candidate], isSoFar: false };
}

export function likely(candidate: Candidate, isSoFar = false): Origin {
  return { known: 'likely', candidates: [candidate], isSoFar };
}

export function oneOf(...candidates: readonly Candidate[]): Origin {
  return { known: 'one-of', candidates, isSoFar: false };
}
