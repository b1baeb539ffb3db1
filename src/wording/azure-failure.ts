import type { AzureFailure, SignedOutCause } from '../domain/hosts/azure-failure.ts';
import { inert, nameLength } from './foreign.ts';
import { at } from './time.ts';
import { proxyAdvice, proxyCause } from './proxy.ts';
import type { Word, Words } from './words.ts';
import { code, words } from './words.ts';

/** What happened, as the part of a sentence that follows a colon. */
export function azureFailureCause(failure: AzureFailure): Words {
  switch (failure.kind) {
    case 'forbidden':
      return words`the bot lacks the right ${name(failure.action)}`;
    case 'signed-out':
      return signedOut(failure.because);
    case 'host-gone':
      return words`Azure says that this host does not exist`;
    case 'throttled':
      return failure.of === 'subscription'
        ? words`Azure asks the bot to wait until ${at(failure.retryAt)}, in the whole subscription`
        : words`Azure asks the bot to wait until ${at(failure.retryAt)}`;
    case 'busy':
      return failure.retryAt === undefined
        ? words`another operation is changing the host`
        : words`another operation is changing the host, until ${at(failure.retryAt)} or so`;
    case 'locked':
      return words`a ReadOnly lock blocks it`;
    case 'unsupported':
      return words`Azure lists no sessions for such a host (${name(failure.code)})`;
    case 'not-understood':
      return words`Azure answered in a form the bot does not know (${inert(failure.what, nameLength)})`;
    case 'timed-out':
      return words`Azure did not answer in time`;
    case 'unreachable':
      return failure.proxy ? proxyCause(failure.proxy) : words`Azure could not be reached`;
    case 'failed':
      return words`Azure answered with the error ${name(failure.code)}`;
    case 'record-unreadable': {
      const { reference } = failure;
      return words`its record is unreadable${reference === undefined ? [] : words` (reference ${name(reference)})`}`;
    }
  }
}

/** What happened, what it means or what to do, and Azure's reference: whole sentences. */
export function azureFailureSentence(failure: AzureFailure): Words {
  const reference =
    failure.reference === undefined || failure.kind === 'record-unreadable'
      ? []
      : words` Azure's reference: ${name(failure.reference)}.`;
  return words`What went wrong: ${azureFailureCause(failure)}. ${advice(failure)}${reference}`;
}

function signedOut(because: SignedOutCause | undefined): Words {
  switch (because) {
    case undefined:
      return words`the bot could not sign in to Azure`;
    case 'no-token':
      return words`the bot could not get a token from Azure`;
    case 'refused':
      return words`Azure refused the bot's token`;
    case 'same-token':
      return words`Azure refused the bot's token, and Azure's identity endpoint still hands out the same one`;
  }
}

/** The right to read a table of logs is the longest. */
const azureNameLength = 120;

function name(text: string): Word {
  return code(inert(text, azureNameLength));
}

function advice(failure: AzureFailure): Words {
  switch (failure.kind) {
    case 'forbidden':
      return words`Add it to a role that the bot's identity has on the host's subscription.`;
    case 'signed-out':
      return failure.because === 'same-token'
        ? words`Check whether the bot's identity was changed, disabled or deleted. If it was not, this passes when that token expires, within a day; a restart of the bot does not help.`
        : words`Check the credentials, or the managed identity, that the bot runs with.`;
    case 'host-gone':
      return words`If somebody deleted it, there is nothing to do.`;
    case 'locked':
      return words`Such a lock on the host, its resource group or its subscription blocks even the list of sessions; take it off.`;
    case 'unsupported':
      return words`It stays so until somebody changes the host, e.g. its SKU.`;
    case 'not-understood':
      return words`Nothing is concluded from such an answer. Please tell whoever looks after the bot.`;
    case 'record-unreadable':
      return words`A later version of the bot may have written it; this one leaves it alone.`;
    case 'unreachable':
      return failure.proxy ? proxyAdvice(failure.proxy) : words`This usually passes by itself.`;
    case 'throttled':
    case 'busy':
    case 'timed-out':
    case 'failed':
      return words`This usually passes by itself.`;
  }
}
