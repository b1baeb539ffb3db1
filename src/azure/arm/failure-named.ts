import type { AzureFailure } from '../../domain/hosts/azure-failure.ts';
import type { NamedError } from './named-errors.ts';

/** Azure's own messages are shorter. */
const searchedLength = 4096;

export interface Asked {
  readonly action: string;
  /** Then what Azure refuses for good is the nature of the host. */
  readonly ofSessions?: boolean;
}

export function failureByName(named: readonly NamedError[], asked: Asked): AzureFailure | undefined {
  return named.map((one) => failureNamed(one, asked)).find((failure) => failure !== undefined);
}

function failureNamed({ code, message }: NamedError, { action }: Asked): AzureFailure | undefined {
  switch (code) {
    case 'AuthorizationFailed':
    case 'LinkedAuthorizationFailed':
      return { kind: 'forbidden', action: actionIn(message) ?? action };
    case 'InvalidAuthenticationToken':
    case 'InvalidAuthenticationTokenAudience':
      return { kind: 'signed-out', because: 'refused' };
    case 'ScopeLocked':
      return { kind: 'locked' };
    case 'AnotherOperationInProgress':
    // With the status of throttling, but a lock: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
    case 'RetryableErrorDueToAnotherOperation':
      return { kind: 'busy' };
    default:
      return undefined;
  }
}

export function actionIn(message: string): string | undefined {
  return /perform action '([\w.-]+(?:\/[\w.-]+)+)'/.exec(message.slice(0, searchedLength))?.[1];
}
