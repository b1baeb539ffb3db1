import { reasonLength } from '../../wording/reason.ts';

export type GivenReason =
  { readonly is: 'given'; readonly reason: string } | { readonly is: 'mistake'; readonly sentence: string };

/** Forms let nobody send a longer one, but an old client or a forged form may; what shows nothing is none, and `none` says so. */
export function givenReason(text: string, none: string): GivenReason {
  const reason = text.trim();
  const visible = reason.replaceAll(/[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]/gu, '');
  if (visible === '') return { is: 'mistake', sentence: none };
  const length = Array.from(reason).length;
  return length > reasonLength
    ? { is: 'mistake', sentence: `This is ${length} characters long; ${reasonLength} is the most.` }
    : { is: 'given', reason };
}
