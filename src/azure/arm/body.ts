import { pipeline } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createUnzip } from 'node:zlib';
import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { traceOf } from './arm-error.ts';
import { AzureError, notUnderstood } from './azure-error.ts';
import { holdBytes, releaseBytes } from './in-flight.ts';
import { isObject, textOf } from './json.ts';
import { jsonExtent } from './json-extent.ts';
import { limits } from './limits.ts';
import { turnForLongBody } from './turns.ts';

const budgetPassed = `more than ${limits.inFlightBytes / 2 ** 20} MB of answers at once`;

/** Unpacks. Throws an AzureError, and hangs up, for an answer beyond the limits or torn off. */
export async function bodyOf(response: PipelineResponse, work: AbortSignal): Promise<string> {
  const decoder = new StringDecoder('utf8');
  const limitPassedBy = jsonExtent();
  let heldBytes = 0;
  let text = '';
  let endTurn: (() => void) | undefined;
  try {
    for await (const chunk of unpacked(response)) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      const passed = limitPassedBy(bytes) ?? (holdBytes(work, bytes.length) ? undefined : budgetPassed);
      if (passed !== undefined) throw notUnderstood(passed, traceOf(response));
      heldBytes += bytes.length;
      if (heldBytes > limits.usualBytes) endTurn ??= await turnForLongBody();
      text += decoder.write(bytes);
    }
  } catch (error) {
    releaseBytes(work, heldBytes);
    throw error instanceof AzureError ? error : tornOff(response, error);
  } finally {
    endTurn?.();
  }
  return text + decoder.end();
}

async function* unpacked({
  headers,
  readableStreamBody,
  status,
}: PipelineResponse): AsyncIterable<string | Buffer> {
  if (!readableStreamBody) return;
  const isEmpty = headers.get('content-length') === '0' || status === 204;
  const isPacked = !isEmpty && /^(x-gzip|gzip|deflate)$/i.test(headers.get('content-encoding') ?? '');
  // The last stream throws what goes wrong on the way in.
  yield* isPacked ? pipeline(readableStreamBody, createUnzip(), () => undefined) : readableStreamBody;
}

function tornOff(response: PipelineResponse, cause: unknown): AzureError {
  const code = textOf(isObject(cause) ? cause['code'] : undefined) ?? 'TornOff';
  const trace = { ...traceOf(response), code };
  return code.startsWith('Z_')
    ? notUnderstood('a body that cannot be unpacked', trace)
    : new AzureError({ kind: 'unreachable' }, trace, { cause });
}
