import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from './json.ts';
import { isObject } from './json.ts';
import { explained, Refusal } from './refusal.ts';

/** Fields that travel as JSON inside a form. */
const structured: Readonly<Record<string, string>> = {
  blocks: 'invalid_blocks_format',
  metadata: 'invalid_metadata_format',
  view: 'invalid_arguments',
  attachments: 'invalid_attachments',
};

/** The arguments of a Web API call, from a form or from JSON. */
export function readArguments(headers: IncomingHttpHeaders, body: string): Json {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim();
  switch (type) {
    case 'application/json':
      return withStructure(parsedObject(body));
    case 'application/x-www-form-urlencoded':
      return withStructure(Object.fromEntries(new URLSearchParams(body)));
    case '':
      return {};
    default:
      throw new Refusal('invalid_post_type');
  }
}

function parsedObject(body: string): Json {
  const parsed = parsedJson(body);
  if (!isObject(parsed)) throw new Refusal('json_not_object');
  return parsed;
}

function withStructure(args: Json): Json {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      const code = structured[name];
      if (code === undefined || typeof value !== 'string') return [name, value];
      const parsed = parsedJson(value);
      if (parsed === undefined) throw explained(code, [`${name} is not JSON`]);
      return [name, parsed];
    }),
  );
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
