import type { IncomingHttpHeaders } from 'node:http';
import { readArguments } from './arguments.ts';
import { readContent } from './content.ts';
import type { Json } from './json.ts';
import { field, textField } from './json.ts';
import { attempt, Refusal } from './refusal.ts';
import type { ResponseUrl } from './response-urls.ts';
import type { Answer, Call } from './server.ts';
import type { Workspace } from './workspace.ts';

/** Reads one use of a `response_url`. */
export function responseUrlCall(
  path: string,
  headers: IncomingHttpHeaders,
  body: string,
  workspace: Workspace,
): Call {
  const args = attempt(() => readArguments(headers, body));
  return {
    method: 'response_url',
    args: args instanceof Refusal ? {} : args,
    carryOut: () => {
      const target = workspace.responseUrls.use(path);
      if (typeof target === 'string') return hookRefusal(404, target);
      if (args instanceof Refusal) return hookRefusal(400, 'invalid_payload');
      const refusal = attempt(() => answer(args, target, workspace));
      if (refusal instanceof Refusal) return hookRefusal(400, refusal.code);
      return { status: 200, body: { ok: true }, outcome: 'ok' };
    },
  };
}

/**
 * Says something at a target; shared with commands that are answered in the acknowledgement. A command's URL has no
 * original, so `replace_original` does nothing there.
 */
export function answer(args: Json, target: ResponseUrl, { messages }: Workspace): void {
  const { original, channel, personId } = target;
  if (original && isTrue(field(args, 'delete_original'))) return messages.delete(stillThere(original));
  const content = readContent(args);
  if (original && isTrue(field(args, 'replace_original'))) {
    return messages.update(stillThere(original), content);
  }
  const isForAll = textField(args, 'response_type') === 'in_channel';
  const threadTs = textField(args, 'thread_ts');
  messages.post(
    {
      channel,
      ...(!isForAll && { onlyFor: personId }),
      ...(threadTs !== undefined && { threadTs }),
    },
    content,
  );
}

function stillThere(message: NonNullable<ResponseUrl['original']>) {
  if (message.deletedAt !== undefined) throw new Refusal('message_not_found');
  return message;
}

function hookRefusal(status: number, error: string): Answer {
  return { status, body: { ok: false, error }, outcome: `refused: ${error}` };
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
