import type { ChainableCommander } from 'ioredis';
import { ReplyError } from 'ioredis';
import { StoreUnreachable } from '../../ports/store-unreachable.ts';

/**
 * Answers of a server that is there and cannot serve now: it loads its data, has become a replica, or is full. Before
 * Redis 7, what a script ran into comes at the end of an error of its own.
 */
const passingReplies =
  /^(?:ERR Error running script .*: -)?(?:LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|OOM|MISCONF|NOREPLICAS|EXECABORT) /;

/** Names the failures that time heals; every other one is a fault of ours and passes through. */
export async function reach<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw named(error);
  }
}

/** The answers to all commands of a pipeline or transaction. */
export async function reachAll(pipeline: ChainableCommander): Promise<readonly unknown[]> {
  const answers = await reach(pipeline.exec());
  if (!answers) throw new StoreUnreachable('The transaction was not carried out.');
  return answers.map(([error, answer]) => {
    if (error) throw named(error);
    return answer;
  });
}

function named(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const isFault = error instanceof ReplyError && !passingReplies.test(error.message);
  return isFault ? error : new StoreUnreachable('Redis did not answer.', { cause: error });
}
