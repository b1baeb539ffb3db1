import { describe, expect, it } from '@jest/globals';
import type { AzureFailure } from '../../src/domain/hosts/azure-failure.ts';
import { spoken } from '../../src/slack/kit/spoken.ts';
import { azureFailureSentence } from '../../src/wording/azure-failure.ts';
import { withDates } from '../slack/kit/read.ts';
import { noon } from '../support/build.ts';

describe('why Azure gave no usable answer', () => {
  it.each<[AzureFailure, string]>([
    [
      { kind: 'forbidden', action: 'Microsoft.Network/bastionHosts/getActiveSessions/action' },
      "the bot lacks the right Microsoft.Network/bastionHosts/getActiveSessions/action. Add it to a role that the bot's identity has on the host's subscription.",
    ],
    [
      { kind: 'signed-out' },
      'the bot could not sign in to Azure. Check the credentials, or the managed identity, that the bot runs with.',
    ],
    [
      { kind: 'signed-out', because: 'no-token' },
      'the bot could not get a token from Azure. Check the credentials, or the managed identity, that the bot runs with.',
    ],
    [
      { kind: 'signed-out', because: 'refused' },
      "Azure refused the bot's token. Check the credentials, or the managed identity, that the bot runs with.",
    ],
    [
      { kind: 'signed-out', because: 'same-token' },
      "Azure refused the bot's token, and Azure's identity endpoint still hands out the same one. Check whether the bot's identity was changed, disabled or deleted. If it was not, this passes when that token expires, within a day; a restart of the bot does not help.",
    ],
    [
      { kind: 'host-gone' },
      'Azure says that this host does not exist. If somebody deleted it, there is nothing to do.',
    ],
    [
      { kind: 'throttled', retryAt: noon },
      'Azure asks the bot to wait until 2026-11-23 12:00 UTC. This usually passes by itself.',
    ],
    [
      { kind: 'throttled', retryAt: noon, of: 'subscription' },
      'Azure asks the bot to wait until 2026-11-23 12:00 UTC, in the whole subscription. This usually passes by itself.',
    ],
    [
      { kind: 'busy', retryAt: noon },
      'another operation is changing the host, until 2026-11-23 12:00 UTC or so. This usually passes by itself.',
    ],
    [
      { kind: 'unsupported', code: 'OperationNotAllowed' },
      'Azure lists no sessions for such a host (OperationNotAllowed). It stays so until somebody changes the host, e.g. its SKU.',
    ],
    [{ kind: 'busy' }, 'another operation is changing the host. This usually passes by itself.'],
    [
      { kind: 'locked' },
      'a ReadOnly lock blocks it. Such a lock on the host, its resource group or its subscription blocks even the list of sessions; take it off.',
    ],
    [
      { kind: 'not-understood', what: 'a body without a list' },
      'Azure answered in a form the bot does not know (a body without a list). Nothing is concluded from such an answer. Please tell whoever looks after the bot.',
    ],
    [{ kind: 'timed-out' }, 'Azure did not answer in time. This usually passes by itself.'],
    [{ kind: 'unreachable' }, 'Azure could not be reached. This usually passes by itself.'],
    [
      { kind: 'unreachable', proxy: { is: 'refused', name: 'proxy.corp:3128', status: 407 } },
      'the proxy proxy.corp:3128 refused the way to Azure (407). Check the user and the password in HTTPS_PROXY.',
    ],
    [
      { kind: 'unreachable', proxy: { is: 'refused', name: 'proxy.corp:3128', status: 403 } },
      'the proxy proxy.corp:3128 refused the way to Azure (403). Whoever runs it has to allow it, or NO_PROXY has to name what is reached without it.',
    ],
    [
      { kind: 'unreachable', proxy: { is: 'refused', name: 'proxy.corp:3128', status: 503 } },
      'the proxy proxy.corp:3128 could not reach Azure (503). This usually passes by itself.',
    ],
    [
      { kind: 'unreachable', proxy: { is: 'unreachable', name: 'proxy.corp:3128' } },
      'the proxy proxy.corp:3128, which leads to Azure, could not be reached. Check whether it runs, and whether HTTPS_PROXY names it.',
    ],
    [
      { kind: 'unreachable', proxy: { is: 'silent', name: 'proxy.corp:3128' } },
      'the proxy proxy.corp:3128, which leads to Azure, did not answer in time. Check whether it runs, and whether HTTPS_PROXY names it.',
    ],
    [
      { kind: 'failed', code: 'InternalServerError', reference: 'ref-7' },
      "Azure answered with the error InternalServerError. This usually passes by itself. Azure's reference: ref-7.",
    ],
    [
      { kind: 'record-unreadable', reference: '0a1b2c3d' },
      'its record is unreadable (reference 0a1b2c3d). A later version of the bot may have written it; this one leaves it alone.',
    ],
  ])('says what happened and what to do: %j', (failure, words) => {
    expect(withDates(spoken(azureFailureSentence(failure)))).toBe(`What went wrong: ${words}`);
  });
});
