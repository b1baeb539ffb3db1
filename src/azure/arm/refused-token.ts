import type { PipelinePolicy, PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import { isRestError } from '@azure/core-rest-pipeline';
import { traceOf } from './arm-error.ts';
import { AzureError } from './azure-error.ts';
import { parseJson } from './json.ts';
import { namedErrorsIn } from './named-errors.ts';
import type { RenewingCredential } from './renewing-credential.ts';

/** Safe for any request: a refused token means nothing was done. Belongs outside of the SDK's authentication, which answers challenges and sets the token. */
export function repeatWithAnotherToken(credential: RenewingCredential): PipelinePolicy {
  return {
    name: 'repeatWithAnotherToken',
    async sendRequest(request, next) {
      const { error, response } = await answered(next(request));
      const [, refused] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
      if (isRefusal(response) && refused !== undefined) {
        const renewal = await credential.renew(refused);
        if (renewal === 'another') return next(request);
        if (renewal === 'same') {
          throw new AzureError({ kind: 'signed-out', because: 'same-token' }, traceOf(response));
        }
      }
      if (error) throw error;
      return response;
    },
  };
}

/** The query service answers 403 where Resource Manager answers 401. */
function isRefusal({ bodyAsText, status }: PipelineResponse): boolean {
  if (status !== 403) return status === 401;
  return namedErrorsIn(parseJson(bodyAsText)).some(({ code }) => code === 'InvalidAuthenticationToken');
}

/** The SDK throws for any answer but success. */
async function answered(
  sent: Promise<PipelineResponse>,
): Promise<{ readonly response: PipelineResponse; readonly error?: RestError }> {
  try {
    return { response: await sent };
  } catch (error) {
    if (isRestError(error) && error.response) return { response: error.response, error };
    throw error;
  }
}
