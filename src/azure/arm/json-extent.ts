import { limits } from './limits.ts';

const [quote, backslash, comma, openList, closeList, openObject, closeObject] = Buffer.from('"\\,[]{}');

/** Follows JSON cut anywhere and names the limit that it has passed; of text that is no JSON this means nothing. */
export function jsonExtent(): (chunk: Uint8Array) => string | undefined {
  let [bytes, levels, values, isText] = [0, 0, 0, false];
  let at = 0;
  return (chunk) => {
    bytes += chunk.length;
    if (bytes > limits.bodyBytes) return `more than ${limits.bodyBytes / 2 ** 20} MB`;
    for (; at < chunk.length; at++) {
      const byte = chunk[at];
      if (isText) {
        if (byte === backslash) at += 1;
        else if (byte === quote) isText = false;
      } else if (byte === quote) {
        isText = true;
      } else if (byte === openList || byte === openObject) {
        levels += 1;
        values += 1;
        if (levels > limits.jsonLevels) return `more than ${limits.jsonLevels} levels of JSON`;
      } else if (byte === closeList || byte === closeObject) {
        levels -= 1;
      } else if (byte === comma) {
        values += 1;
      }
    }
    // The character that a last backslash escapes is in the next chunk.
    at -= chunk.length;
    return values > limits.jsonValues ? `more than ${limits.jsonValues} values` : undefined;
  };
}
