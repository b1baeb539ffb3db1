import type { z } from 'zod';
import { field, listField, textField } from '../json.ts';
import type { Surface } from './block.ts';
import { blocksOn } from './block.ts';
import { repeatedIds } from './uniqueness.ts';
import { homeFrame, modalFrame } from './view.ts';

/** Slack does not document this one; it was seen refusing messages between 11,341 and 13,297 characters. */
export const messageBlocksLimit = 12_000;
const markdownLimit = 12_000;
const viewLimitBytes = 250_000;

/** What Slack would refuse in these blocks, each with the place it stands at; empty when it takes them. */
export function validateBlocks(blocks: readonly unknown[], surface: Surface): string[] {
  const size = blocksSize(blocks);
  const isTooLong = surface === 'message' && size > messageBlocksLimit;
  return [
    ...blockProblems(blocks, surface),
    ...(isTooLong ? [`/blocks: ${String(size)} characters, ${String(messageBlocksLimit)} at most`] : []),
  ];
}

/** The same without the size of all blocks together, which Slack refuses under a name of its own. */
export function blockProblems(blocks: readonly unknown[], surface: Surface): string[] {
  const { error } = blocksOn[surface].safeParse(blocks);
  return [...described(error, '/blocks'), ...repeatedIds(blocks), ...tooMuchMarkdown(blocks)];
}

/** What Slack would refuse in this modal or Home view. */
export function validateView(view: object): string[] {
  const isHome = field(view, 'type') === 'home';
  const { error } = (isHome ? homeFrame : modalFrame).safeParse(view);
  const blocks = listField(view, 'blocks');
  const lacksSubmit = !isHome && blocks.some(isInput) && field(view, 'submit') === undefined;
  return [
    ...described(error, ''),
    ...blockProblems(blocks, isHome ? 'home' : 'modal'),
    ...(lacksSubmit ? ['/submit: required where there is an input block'] : []),
    ...(Buffer.byteLength(JSON.stringify(view)) > viewLimitBytes ? ['/: view_too_large'] : []),
  ];
}

/** Characters of all blocks of a message together. */
export function blocksSize(blocks: readonly unknown[]): number {
  return JSON.stringify(blocks).length;
}

function isInput(block: unknown): boolean {
  return field(block, 'type') === 'input';
}

function tooMuchMarkdown(blocks: readonly unknown[]): string[] {
  const characters = blocks
    .filter((block) => field(block, 'type') === 'markdown')
    .reduce<number>((sum, block) => sum + (textField(block, 'text')?.length ?? 0), 0);
  return characters > markdownLimit ? ['/blocks: too much markdown in one message'] : [];
}

/** One line per mistake, with a JSON pointer, as Slack's `response_metadata.messages` have it. */
function described(error: z.ZodError | undefined, at: string): string[] {
  return (error?.issues ?? []).map((issue) => {
    const pointer = [at, ...issue.path.map(String)].join('/');
    return `${pointer === '' ? '/' : pointer}: ${issue.message}`;
  });
}
