import type { ChainableCommander } from 'ioredis';
import { ReplyError } from 'ioredis';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';

/** Redis loads its data, has become a replica, or is full. Before Redis 7 a script's error ends in the cause. */
const passingReplies: ReadonlySet<string> = new Set([
  'LOADING',
  'READONLY',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'TRYAGAIN',
  'BUSY',
  'OOM',
  'MISCONF',
  'NOREPLICAS',
  'EXECABORT',
]);

function codeOf({ message }: Error): string {
  const isOfScript = message.startsWith('ERR Error running script ');
  const said = isOfScript ? message.slice(message.lastIndexOf(': -') + 3) : message;
  return said.slice(0, Math.max(0, said.indexOf(' ')));
}

/** Names the failures that time heals; the others are our faults and pass through. */
export async function reach<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw named(error);
  }
}

export async function reachAll(pipeline: ChainableCommander): Promise<readonly unknown[]> {
  const answers = await executed(pipeline);
  return answers.map(([error, answer]) => {
    if (error) throw named(error);
    return answer;
  });
}

async function executed(pipeline: ChainableCommander) {
  const answers = await reach(pipeline.exec());
  if (!answers) throw new StoreUnreachable('The transaction was not carried out.');
  return answers;
}

export const wrongType = Symbol('of another type');

/** `wrongType` for a key of another type than its command is for; the other answers come all the same. */
export async function reachEach(pipeline: ChainableCommander): Promise<readonly unknown[]> {
  const answers = await executed(pipeline);
  return answers.map(([error, answer]) => {
    if (!error) return answer;
    if (isWrongType(error)) return wrongType;
    throw named(error);
  });
}

export async function reachTyped<Answer>(answer: Promise<Answer>): Promise<Answer | typeof wrongType> {
  return reach(answer).catch((error: unknown) => {
    if (isWrongType(error)) return wrongType;
    throw error;
  });
}

function isWrongType(error: unknown): boolean {
  return error instanceof Error && error instanceof ReplyError && /\bWRONGTYPE\b/.test(error.message);
}

function named(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const isFault = error instanceof ReplyError && !passingReplies.has(codeOf(error));
  return isFault ? error : new StoreUnreachable('Redis did not answer.', { cause: error });
}
