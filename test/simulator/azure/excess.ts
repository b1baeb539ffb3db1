import { gzipSync } from 'node:zlib';
import type { Answer } from './reply.ts';

/** An answer that nobody should take whole. */
export type Excess =
  /** A few megabytes, packed, that are three gigabytes of one text. */
  | 'gzip-bomb'
  /** A list in a list in a list. */
  | 'deep'
  /** A list of a million empty objects. */
  | 'crumbs'
  /** One text of 9 MB, as it is. */
  | 'long'
  /** 5,001 sessions. */
  | 'crowded'
  /** 5,000 sessions: the most that is still an answer. */
  | 'almost-crowded'
  /** 500 sessions in all but 8 MB: so is this. */
  | 'almost-long'
  /** The first half of a packed list; then the connection is torn. */
  | 'torn';

const megabyte = 2 ** 20;
const made = new Map<Excess, Answer>();

/** Made once: it is the one who is asked that should not take it. */
export function excessiveAnswer(excess: Excess): Answer {
  const known = made.get(excess);
  if (known) return known;
  const answer = make(excess);
  made.set(excess, answer);
  return answer;
}

function make(excess: Excess): Answer {
  switch (excess) {
    case 'gzip-bomb': {
      // Packed data may follow packed data: each piece is unpacked where the one before ended.
      const piece = gzipSync(Buffer.alloc(16 * megabyte, 'a'));
      const pieces = Array.from({ length: 3 * 64 }, () => piece);
      return packed(Buffer.concat([gzipSync('{"value":[{"sessionId":"'), ...pieces, gzipSync('"}]}')]));
    }
    case 'deep':
      return packed(gzipSync(`{"value":${'['.repeat(megabyte)}${']'.repeat(megabyte)}}`));
    case 'crumbs':
      return packed(gzipSync(`[${'{},'.repeat(megabyte)}{}]`));
    case 'long':
      return plain(`{"value":[{"sessionId":"${'a'.repeat(9 * megabyte)}"}]}`);
    case 'crowded':
      return packed(gzipSync(list(5001, 0)));
    case 'almost-crowded':
      return packed(gzipSync(list(5000, 0)));
    case 'almost-long':
      return packed(gzipSync(list(500, 16_000)));
    case 'torn':
      return { ...packed(gzipSync(list(5000, 0))), tornAfterBytes: 4096 };
  }
}

function list(sessions: number, padding: number): string {
  const startTime = new Date(Date.now() - 5 * 60_000).toISOString();
  const value = Array.from({ length: sessions }, (_, index) => ({
    sessionId: `session-${index}`,
    startTime,
    targetSubscriptionId: '11111111-1111-4111-8111-111111111111',
    resourceType: 'VM',
    targetHostName: `vm-${index}`,
    targetResourceGroup: 'rg-bastion',
    userName: `user${index % 7}`,
    targetIpAddress: '10.0.0.1',
    protocol: 'SSH',
    targetResourceId: `/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-${index}`,
    sessionDurationInMins: 5,
    padding: 'x'.repeat(padding),
  }));
  return JSON.stringify({ value });
}

function packed(body: Buffer): Answer {
  return { ...plain(body), headers: { 'content-encoding': 'gzip' } };
}

function plain(body: Buffer | string): Answer {
  return { status: 200, body: Buffer.from(body) };
}
