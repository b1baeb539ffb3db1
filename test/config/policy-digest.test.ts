import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { z } from 'zod';
import { digestBy, policyDigest } from '../../src/config/policy-digest.ts';
import { policySchema, policyTable } from '../../src/config/policy-schema.ts';
import { grouped } from '../../src/domain/kit/grouped.ts';
import { runs } from '../support/runs.ts';

const enough = `channels: { alerts: C1, approvals: G2 }
access: { view: [S1], disconnect: [S1, U1], approve: [S2] }
`;
const rule = 'rules: [{ name: one, match: { vm: web, host: prod }, warnAfter: 1h }]\n';

function digest(text: string): string {
  return policyDigest(policySchema.parse(parse(enough + text)));
}

/** Fields of one group, or one field, as the documentation names them: `disconnect.approval` with its value. */
function writtenOut(fields: readonly (readonly [name: string, value: string])[]): string {
  const inner = fields.flatMap(([name, value]) => {
    const [, key] = name.split('.');
    return key === undefined ? [] : [`${key}: ${value}`];
  });
  return inner.length === 0 ? fields.map(([, value]) => value).join('') : `{ ${inner.join(', ')} }`;
}

describe('the digest of a policy', () => {
  it('is short enough to be read out', () => {
    expect(digest('')).toMatch(/^[0-9a-f]{12}$/);
  });

  it.each([
    ['the order of fields', rule, 'rules: [{ warnAfter: 1h, match: { host: prod, vm: web }, name: one }]\n'],
    ['the unit of a duration', rule, rule.replace('1h', '3600s')],
    ['an empty list', rule, `${rule}people: []\n`],
    ['a list of one', 'people: [{ vmLogin: ops, slack: U1 }]\n', 'people: [{ vmLogin: ops, slack: [U1] }]\n'],
    [
      'an empty match',
      'rules: [{ name: one, warnAfter: 1h }]\n',
      'rules: [{ name: one, match: {}, warnAfter: 1h }]\n',
    ],
  ])('does not change with %s', (_what, one, other) => {
    expect(digest(other)).toBe(digest(one));
  });

  it('is the same whichever defaults are written out', () => {
    const defaults = policyTable.flatMap(({ name, default: value }) =>
      value.startsWith('`') && !name.includes('[]') ? [[name, value.slice(1, -1)] as const] : [],
    );
    expect(defaults.map(([name]) => name)).toContain('disconnect.expiresAfter');
    fc.assert(
      fc.property(fc.subarray(defaults), (some) => {
        const groups = grouped(some, ([name]) => name.split('.')[0]);
        const lines = [...groups].map(([name, fields]) => `${name}: ${writtenOut(fields)}\n`);
        expect(digest(lines.join(''))).toBe(digest(''));
      }),
      runs(100),
    );
  });

  it('is another one with every change, the order of rules included', () => {
    const two = '{ name: two, warnAfter: 2h }';
    const changed = [
      '',
      rule,
      rule.replace('1h', '2h'),
      rule.replace('web', 'db'),
      rule.replace(']\n', `, ${two}]\n`),
      rule.replace('[', `[${two}, `),
      'disconnect: { approval: none }\n',
      'disconnect: { expiresAfter: 31m }\n',
      'polling: { every: 30m }\n',
      'people: [{ vmLogin: ops, slack: U1 }]\n',
      'people: [{ vmLogin: ops, slack: [U1, U2] }]\n',
    ].map(digest);
    expect(new Set(changed).size).toBe(changed.length);
  });

  it('is the same in a version that has more fields with defaults', () => {
    const { rules, disconnect } = policySchema.shape;
    const later = policySchema.extend({
      auditDays: z.int().prefault(400),
      disconnect: disconnect
        .unwrap()
        .extend({ maxByPolicyPerHour: z.int().prefault(10) })
        .prefault({}),
      rules: z.array(rules.unwrap().element.extend({ grace: z.string().prefault('15m') })).prefault([]),
    });
    const file: unknown = parse(`${enough}${rule}disconnect: { approval: none }\n`);
    const read = later.parse(file);
    expect(read).toMatchObject({ auditDays: 400, rules: [{ grace: '15m' }] });
    expect(digestBy(later, read)).toBe(digestBy(policySchema, policySchema.parse(file)));
  });
});
