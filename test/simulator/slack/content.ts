import { withIds } from './block-ids.ts';
import { blockProblems, blocksSize, messageBlocksLimit } from './blocks/validate.ts';
import type { Json } from './json.ts';
import { field, isObject, textField } from './json.ts';
import type { Content } from './messages.ts';
import { explained, Refusal } from './refusal.ts';

const longestText = 40_000;
const longestMetadata = 8000;

/** The content of a message as an app sent it, or Slack's reason to refuse it. */
export function readContent(args: Json): Content {
  const text = textField(args, 'text') ?? '';
  const blocks = readBlocks(args);
  if (text === '' && blocks.length === 0) throw new Refusal('no_text');
  const metadata = readMetadata(args);
  return { text: text.slice(0, longestText), blocks: withIds(blocks), ...(metadata && { metadata }) };
}

function readBlocks(args: Json): readonly unknown[] {
  const blocks = field(args, 'blocks') ?? [];
  if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format');
  if (blocksSize(blocks) > messageBlocksLimit) throw new Refusal('msg_blocks_too_long');
  const problems = blockProblems(blocks, 'message');
  if (problems.length > 0) throw explained('invalid_blocks', problems);
  return blocks;
}

function readMetadata(args: Json): Json | undefined {
  const metadata = field(args, 'metadata');
  if (metadata === undefined) return undefined;
  const hasShape =
    textField(metadata, 'event_type') !== undefined && isObject(field(metadata, 'event_payload'));
  if (!isObject(metadata) || !hasShape) throw new Refusal('invalid_metadata_schema');
  if (JSON.stringify(metadata).length > longestMetadata) throw new Refusal('metadata_too_large');
  return metadata;
}
