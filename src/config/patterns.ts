import { z } from 'zod';
import { patternLength, wholePattern } from '../domain/kit/glob.ts';
import { readLogin } from '../domain/sessions/login.ts';

const tooLong = `expected at most ${patternLength} characters`;

/** A pattern that none of these names can fit is a mistake. */
interface Names {
  readonly what: string;
  readonly fit: RegExp;
  readonly longest: number;
}

const bastionHosts: Names = {
  what: 'names of Bastion hosts hold letters, digits, "-", "_" and ".", begin with a letter or digit and end with one or "_"',
  fit: /^[a-z0-9*](?:[\w.*-]*[\w*])?$/i,
  longest: 80,
};
const resourceGroups: Names = {
  what: 'names of resource groups hold letters, digits, "-", "_", ".", "(" and ")", and end with no "."',
  fit: /^[\p{L}\p{N}_.()*-]*[\p{L}\p{N}_()*-]$/u,
  longest: 90,
};
/** Also `set/instance` of a scale set, a computer's own name, an IPv4 or IPv6 address. */
const machines: Names = {
  what: 'machines are known by names or addresses of letters, digits, "-", "_", "." and ":", instances of a scale set by its name, "/" and a number',
  fit: /^[\p{L}\p{M}\p{N}_.:/%()*-]+$/u,
  longest: 255,
};

export const hostPattern = namePattern(bastionHosts);
export const groupPattern = namePattern(resourceGroups);
export const machinePattern = namePattern(machines);

export const userPattern = loginText('a name or a pattern such as "web-*"');
export const mappedLogin = loginText('a login or a pattern, in quotes if it is a number');

const protocolExpected = 'expected rdp or ssh, or a pattern that one of them fits';
/** `unknown`: Azure does not say the protocol. */
const protocols = ['rdp', 'ssh', 'unknown'];

export const protocolPatterns = z
  .array(
    z.string(protocolExpected).refine((pattern) => protocols.some(wholePattern(pattern)), protocolExpected),
    'expected a list such as [rdp, ssh]',
  )
  .min(1, 'expected a list such as [rdp, ssh]');

function namePattern({ what, fit, longest }: Names) {
  const expected = 'expected a name or a pattern such as "web-*"';
  return z
    .string(expected)
    .regex(/./, { error: expected, abort: true })
    .max(patternLength, { error: tooLong, abort: true })
    .refine(
      (pattern) => fit.test(pattern) && pattern.replaceAll('*', '').length <= longest,
      `${expected} that something can fit: ${what}`,
    );
}

function loginText(what: string) {
  return z
    .string(`expected ${what}`)
    .max(patternLength, { error: tooLong, abort: true })
    .refine((pattern) => readLogin(pattern).name !== '', `expected ${what}`);
}
