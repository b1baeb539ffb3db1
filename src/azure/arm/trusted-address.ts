import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { notUnderstood } from './azure-error.ts';

export interface TrustedService {
  readonly name: string;
  readonly url: string;
  readonly cloudUrl: string;
}

/** The token goes by https only, to the configured host, or to that of the cloud or a subdomain of it. */
export function isTrustedAddress(
  address: URL,
  { cloudUrl, url }: Pick<TrustedService, 'cloudUrl' | 'url'>,
): boolean {
  if (address.protocol !== 'https:' || address.username !== '' || address.password !== '') return false;
  const { host } = new URL(cloudUrl);
  return address.host === new URL(url).host || address.host === host || address.host.endsWith(`.${host}`);
}

export function onlyTrustedAddresses(service: TrustedService): PipelinePolicy {
  return {
    name: 'onlyTrustedAddresses',
    async sendRequest(request, next) {
      if (!isTrustedAddress(new URL(request.url), service)) {
        throw notUnderstood(`an address outside ${service.name}`);
      }
      return next(request);
    },
  };
}
