import type { TokenRefusal } from '../identity.ts';
import { challengeFor } from '../identity.ts';
import type { Incoming } from '../listener.ts';
import type { Hosts } from '../world.ts';
import type { LogsForm } from './behaviour.ts';
import type { LogsErrorOptions } from './errors.ts';
import { notAllowed } from './errors.ts';

export interface QueryScope {
  readonly form: LogsForm;
  /** The id of the workspace or of the resource, lower-cased. */
  readonly id: string;
}

/** The SDK writes two slashes before the id of a resource. */
export function scopeOf({ method, path }: Incoming): QueryScope | undefined {
  const [, workspace, resource] =
    /^\/v1\/+(?:workspaces\/([^/]+)|(subscriptions\/.+))\/query$/i.exec(path) ?? [];
  if (method !== 'POST') return undefined;
  if (workspace !== undefined) return { form: 'workspace', id: workspace.toLowerCase() };
  return resource === undefined ? undefined : { form: 'resource', id: `/${resource.toLowerCase()}` };
}

/** Claims can be asked for in a challenge only, and a challenge is a 401. */
export function refusalOf({ claims, code }: TokenRefusal): LogsErrorOptions {
  if (claims) return { status: 401, code, headers: { 'www-authenticate': challengeFor({ claims }) } };
  switch (code) {
    case 'AuthenticationFailed':
      return { status: 401, code };
    case 'InvalidAuthenticationToken':
    case 'InvalidAuthenticationTokenAudience':
      return { status: 403, code };
    case 'ExpiredAuthenticationToken':
      return { status: 403, code: 'InvalidAuthenticationToken' };
  }
}

export interface Readable {
  readonly forbidden: ReadonlySet<LogsForm>;
  readonly hosts: Hosts;
  readonly workspaceId: string;
}

/** Why the logs of this scope cannot be read; a subscription or a group with a host in it is one, too. */
export function notReadable(
  { forbidden, hosts, workspaceId }: Readable,
  { form, id }: QueryScope,
): LogsErrorOptions | undefined {
  const isKnown =
    form === 'workspace'
      ? id === workspaceId
      : hosts.all().some((host) => `${host.id.toLowerCase()}/`.startsWith(`${id}/`));
  if (!isKnown) return { status: 404, code: 'PathNotFoundError' };
  return forbidden.has(form) ? notAllowed() : undefined;
}
