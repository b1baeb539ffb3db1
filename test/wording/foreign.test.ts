import { describe, expect, it } from '@jest/globals';
import { inert } from '../../src/wording/foreign.ts';

describe('text from outside', () => {
  it('stays on one line', () => {
    expect(inert(' a\r\n\tb\u2028c ', 80)).toBe('a b c');
  });

  it('shows that it held characters that hide or reorder', () => {
    expect(inert('admin\u202Egnp.exe\u200B\u0000', 80)).toBe('admin�gnp.exe��');
  });

  it('keeps the joiners that emoji and some scripts are spelled with', () => {
    expect(inert('👩‍🚒 می‌روم', 80)).toBe('👩‍🚒 می‌روم');
  });

  it('is never cut through a code point, and says that it was cut', () => {
    expect(inert('ab😀cd', 4)).toBe('ab…');
    expect(inert('ab😀cd', 5)).toBe('ab😀…');
    expect(inert('ab😀cd', 6)).toBe('ab😀cd');
  });

  it('is never nothing, which Slack would refuse', () => {
    expect(inert(' \n', 80)).toBe('(blank)');
  });
});
