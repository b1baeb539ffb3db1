import type { JsonObject } from '../arm/json.ts';
import { isObject } from '../arm/json.ts';

export interface ListPage {
  readonly items: readonly JsonObject[];
  readonly nextLink?: string;
}

/** `{value}` as documented, a bare array, or either in `properties.output`; null is an empty list of Go's. Undefined for all else, and where an item is no object. https://github.com/Azure/azure-rest-api-specs/issues/19003 */
export function listIn(body: unknown): ListPage | undefined {
  if (Array.isArray(body)) return pageOf(body, undefined);
  if (!isObject(body)) return undefined;
  const { nextLink, properties, value } = body;
  if (value === null) return pageOf([], nextLink);
  if (value !== undefined) return Array.isArray(value) ? pageOf(value, nextLink) : undefined;
  return isObject(properties) ? listIn(properties['output']) : undefined;
}

function pageOf(items: readonly unknown[], nextLink: unknown): ListPage | undefined {
  if (!items.every(isObject)) return undefined;
  if (nextLink === undefined || nextLink === null || nextLink === '') return { items };
  return typeof nextLink === 'string' ? { items, nextLink } : undefined;
}
