import type { Document } from 'yaml';
import { isMap, isNode, isScalar, isSeq } from 'yaml';

export function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let offset = 0;
  let node: unknown = document.contents;
  for (const part of path) {
    const found = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && key.value === part)
      : isSeq(node) && typeof part === 'number'
        ? { key: node.items[part], value: node.items[part] }
        : undefined;
    if (!found || !isNode(found.key)) break;
    offset = found.key.range?.[0] ?? offset;
    node = found.value;
  }
  return offset;
}
