import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readPolicy } from '../../src/config/file.ts';
import { groupPattern, hostPattern, machinePattern } from '../../src/config/patterns.ts';
import { policyTable } from '../../src/config/policy-schema.ts';
import { runs } from '../support/runs.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const path = join(folder, 'policy.yaml');
  writeFileSync(path, text);
  return readPolicy(path);
}

/** What is wrong, with the name of the folder left out. */
function mistakesIn(text: string): readonly string[] {
  const result = read(text);
  return result.ok ? [] : result.mistakes.map((mistake) => mistake.replace(`${folder}/`, ''));
}

function warningsIn(text: string): readonly string[] {
  const result = read(text);
  if (!result.ok) throw new Error(result.mistakes.join('\n'));
  return result.warnings;
}

const channels = 'channels: { alerts: C1, approvals: G2 }\n';
const access = 'access: { view: [S1], disconnect: [S1], approve: [S2] }\n';
const rules = 'rules: [{ name: all, warnAfter: 8h }]\n';
const enough = channels + access;

describe('the policy file', () => {
  it('needs channels and access only', () => {
    expect(read(enough + rules)).toEqual({
      ok: true,
      policy: {
        channels: { alerts: 'C1', approvals: 'G2' },
        access: { view: ['S1'], disconnect: ['S1'], approve: ['S2'] },
        disconnect: {
          approval: 'required',
          expiresAfterMs: 30 * 60_000,
          ownerMayApprove: false,
          maxPerHour: 60,
          tellOwner: 'ended',
        },
        polling: { everyMs: 60_000 },
        rules: [{ name: 'all', match: {}, warnAfterMs: 8 * 3_600_000 }],
        people: [],
        historyDays: 90,
      },
      digest: expect.stringMatching(/^[0-9a-f]{12}$/),
      warnings: [],
    });
  });

  it('reads all that is built', () => {
    const result = read(`${channels}
access: { view: [everyone], disconnect: [U1, W2], approve: [] }
disconnect: { approval: off, approvers: 1, expiresAfter: 5s, ownerMayApprove: true, maxPerHour: 1, tellOwner: off }
polling: { every: 2d }
rules:
  - name: production
    match: { host: "bastion-*", resourceGroup: "*", vm: web, user: "*", protocol: [rdp, ssh] }
    warnAfter: 4h
people:
  - { vmLogin: azureuser, slack: U123 }
  - { vmLogin: "*", email: "{login}@example.com" }
historyDays: 7
`);
    expect(result).toMatchObject({
      ok: true,
      policy: {
        access: { view: ['everyone'], disconnect: ['U1', 'W2'], approve: [] },
        disconnect: {
          approval: 'off',
          expiresAfterMs: 5000,
          ownerMayApprove: true,
          maxPerHour: 1,
          tellOwner: 'off',
        },
        polling: { everyMs: 2 * 86_400_000 },
        rules: [{ name: 'production', match: { host: 'bastion-*', protocol: ['rdp', 'ssh'] } }],
        people: [
          { vmLogin: 'azureuser', slack: 'U123' },
          { vmLogin: '*', email: '{login}@example.com' },
        ],
        historyDays: 7,
      },
    });
  });

  it('names every mistake with its line and field', () => {
    expect(
      mistakesIn(`channels: { alerts: "#alerts" }
access:
  view: S1
  disconnect: [ops]
disconnect:
  approval: maybe
  approvers: 2
  expiresAfter: 1h30m
  ownerMayApprove: perhaps
  maxPerHour: 0
  tellOwner: nobody
polling: { every: 60 }
rules:
  - name: production
    warnAfter: soon
  - name: production
people:
  - { vmLogin: 1001, slack: U1 }
  - { vmLogin: root, slack: ann }
  - { vmLogin: root }
historyDays: 90d
`),
    ).toEqual([
      'policy.yaml:1 channels.alerts: expected a channel id such as C0ALERTS, got "#alerts"',
      'policy.yaml:1 channels.approvals: expected a channel id such as C0ALERTS, got nothing',
      'policy.yaml:3 access.view: expected a list of user ids (U…), user-group ids (S…) or everyone, got "S1"',
      'policy.yaml:4 access.disconnect[0]: expected a user id (U…), a user-group id (S…) or everyone, got "ops"',
      'policy.yaml:2 access.approve: expected a list of user ids (U…), user-group ids (S…) or everyone, got nothing',
      'policy.yaml:6 disconnect.approval: expected one of required, none, off, got "maybe"',
      'policy.yaml:7 disconnect.approvers: expected 1, since more than one approver is not supported yet, got 2',
      'policy.yaml:8 disconnect.expiresAfter: expected a duration such as 30s, 15m, 4h or 2d, got "1h30m"',
      'policy.yaml:9 disconnect.ownerMayApprove: expected true or false, got "perhaps"',
      'policy.yaml:10 disconnect.maxPerHour: expected a whole number from 1 on, got 0',
      'policy.yaml:11 disconnect.tellOwner: expected one of all, ended, off, got "nobody"',
      'policy.yaml:12 polling.every: expected a duration such as 30s, 15m, 4h or 2d, got 60',
      'policy.yaml:15 rules[0].warnAfter: expected a duration such as 30s, 15m, 4h or 2d, got "soon"',
      'policy.yaml:16 rules[1].warnAfter: expected a duration such as 30s, 15m, 4h or 2d, got nothing',
      'policy.yaml:18 people[0].vmLogin: expected a login or a pattern, in quotes if it is a number, got 1001',
      'policy.yaml:19 people[1].slack: expected a Slack user id (U…), got "ann"',
      'policy.yaml:20 people[2]: expected either slack or email, got {"vmLogin":"root"}',
      'policy.yaml:21 historyDays: expected a whole number of days from 1 to 3650, got "90d"',
    ]);
  });

  it.each([
    ['vm: "web-?"', 'vm'],
    ['vm: " web"', 'vm'],
    ['vm: "web "', 'vm'],
    ['vm: "^web-.*$"', 'vm'],
    ['vm: "web\u2011*"', 'vm'],
    ['vm: ""', 'vm'],
    ['host: "bastion prod"', 'host'],
    ['host: "bastion-prod*-"', 'host'],
    ['host: "bastion/prod"', 'host'],
    [`host: ${'b'.repeat(81)}`, 'host'],
    ['resourceGroup: "rg*."', 'resourceGroup'],
    ['resourceGroup: /subscriptions/1', 'resourceGroup'],
    ['user: " "', 'user'],
    ['user: "CORP\\\\"', 'user'],
    ['protocol: []', 'protocol'],
    ['protocol: [rdp, telnet]', 'protocol[1]'],
    [`protocol: ["${'*'.repeat(201)}"]`, 'protocol[0]'],
    [`host: "${'*'.repeat(201)}"`, 'host'],
    [`resourceGroup: "${'*-'.repeat(101)}"`, 'resourceGroup'],
    [`vm: "${'*-'.repeat(100)}*"`, 'vm'],
    [`user: "${'*-'.repeat(100)}*"`, 'user'],
    ['protocol: ["rdp "]', 'protocol[0]'],
    ['protocol: ["ssh2*"]', 'protocol[0]'],
  ])('refuses by name what nothing can match: %s', (match, field) => {
    const [mistake, ...others] = mistakesIn(
      `${enough}rules: [{ name: all, match: { ${match} }, warnAfter: 1h }]\n`,
    );
    expect(others).toEqual([]);
    expect(mistake).toMatch(`policy.yaml:3 rules[0].match.${field}: expected `);
    expect(mistake).toContain(', got ');
  });

  it('says what would match', () => {
    expect(
      mistakesIn(`${enough}rules:
  - { name: a, match: { protocol: [telnet], vm: "web-[0-9]" }, warnAfter: 1h }
people:
  - { vmLogin: " ", slack: [U1] }
  - { vmLogin: ops, slack: [U1, bob] }
  - { vmLogin: ops, slack: [] }
  - { vmLogin: "*", email: "{user}@example.com" }
  - { vmLogin: "${'*-'.repeat(101)}", slack: U1 }
`),
    ).toEqual([
      'policy.yaml:4 rules[0].match.vm: expected a name or a pattern such as "web-*" that something can fit: machines are known by names or addresses of letters, digits, "-", "_", "." and ":", instances of a scale set by its name, "/" and a number, got "web-[0-9]"',
      'policy.yaml:4 rules[0].match.protocol[0]: expected rdp or ssh, or a pattern that one of them fits, got "telnet"',
      'policy.yaml:6 people[0].vmLogin: expected a login or a pattern, in quotes if it is a number, got " "',
      'policy.yaml:7 people[1].slack[1]: expected a Slack user id (U…), got "bob"',
      'policy.yaml:8 people[2].slack: expected a list of Slack user ids (U…), got []',
      'policy.yaml:9 people[3].email: expected an e-mail address, in which {login} stands for the login, got "{user}@example.com"',
      `policy.yaml:10 people[4].vmLogin: expected at most 200 characters, got "${'*-'.repeat(39)}*`,
    ]);
  });

  it.each([
    `vm: "${'*-'.repeat(100)}"`,
    'vm: web/3',
    'vm: "web/*"',
    'vm: 10.1.*',
    'vm: "fd00::*"',
    'vm: "fe80::1%eth0"',
    'vm: web-01.corp.example',
    'vm: WEB_1',
    'vm: "*"',
    'host: "b*"',
    'host: "*-_"',
    'host: 1',
    'resourceGroup: rg_(prod).1-a',
    'resourceGroup: größe',
    String.raw`user: "CORP\\*"`,
    'user: " Fay  Lee "',
    'user: "*@corp.example"',
    'protocol: [RDP, "s*"]',
    'protocol: [unknown]',
  ])('takes what something can match: %s', (match) => {
    const quoted = match.replace(/: (\d+)$/, ': "$1"');
    expect(mistakesIn(`${enough}rules: [{ name: all, match: { ${quoted} }, warnAfter: 1h }]\n`)).toEqual([]);
  });

  it('takes every name of Azure as a pattern, and every part of one', () => {
    const names = {
      host: /^[a-z0-9](?:[a-z0-9_.-]{0,20}[a-z0-9_])?$/,
      resourceGroup: /^[a-zé0-9_().-]{0,20}[a-zé0-9_()-]$/,
      vm: /^(?:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,20}|[0-9a-f:]{2,20}|[a-z]{1,5}\/\d{1,3})$/,
    };
    const patterns = { host: hostPattern, resourceGroup: groupPattern, vm: machinePattern };
    for (const kind of ['host', 'resourceGroup', 'vm'] as const) {
      fc.assert(
        fc.property(fc.stringMatching(names[kind]), fc.nat(), fc.nat(), (name, from, length) => {
          const at = from % (name.length + 1);
          const pattern = `${name.slice(0, at)}*${name.slice(at + (length % 9))}`;
          expect([name, patterns[kind].safeParse(name).success]).toEqual([name, true]);
          expect([pattern, patterns[kind].safeParse(pattern).success]).toEqual([pattern, true]);
        }),
        runs(300),
      );
    }
  });

  it('refuses two rules of one name, and a person named twice over', () => {
    expect(
      mistakesIn(`${enough}rules:
  - { name: all, warnAfter: 1h }
  - { name: all, warnAfter: 2h }
people:
  - { vmLogin: root, slack: U1, email: a@example.com }
`),
    ).toEqual([
      'policy.yaml:5 rules[1].name: expected a name of its own, got "all"',
      expect.stringMatching(/^policy.yaml:7 people\[0\]: expected either slack or email/),
    ]);
  });

  it.each(['0', '3651', '1.5', 'forever'])('takes no %s for a number of days', (days) => {
    expect(mistakesIn(`${enough}historyDays: ${days}\n`)).toEqual([
      expect.stringMatching(
        /^policy.yaml:3 historyDays: expected a whole number of days from 1 to 3650, got/,
      ),
    ]);
  });

  it('says "not supported yet" for every field of the contract that is not built', () => {
    const text = `channels: { alerts: C1, approvals: G2 }
access: { view: [], disconnect: [], approve: [], breakGlass: [U1] }
rules:
  - name: production
    match: { tags: { env: prod } }
    warnAfter: 4h
    escalateAfter: 8h
    repeatEvery: 2h
    disconnectAfter: 12h
    grace: 15m
    mention: S1
auditDays: 365
`;
    const mistakes = mistakesIn(text);
    expect(mistakes).toHaveLength(8);
    expect(mistakes).toContain('policy.yaml:2 access.breakGlass: not supported yet');
    expect(mistakes).toContain('policy.yaml:9 rules[0].disconnectAfter: not supported yet');
    expect(mistakes.every((mistake) => mistake.endsWith(': not supported yet'))).toBe(true);
  });

  it('suggests the field that was probably meant', () => {
    const text = `${enough}polling: { evry: 60s }
rule: []
rules:
  - { name: all, warnafter: 1h, warnAfter: 1h, match: { hosts: "*" } }
colour: blue
`;
    expect([...mistakesIn(text)].sort()).toEqual([
      'policy.yaml:3 polling.evry: no such field; did you mean every?',
      'policy.yaml:4 rule: no such field; did you mean rules?',
      'policy.yaml:6 rules[0].match.hosts: no such field; did you mean host?',
      'policy.yaml:6 rules[0].warnafter: no such field; did you mean warnAfter?',
      'policy.yaml:7 colour: no such field',
    ]);
  });

  it.each([
    ['rules: [', /^policy.yaml:1 .*\]/],
    ['a: 1\na: 2\n', /^policy.yaml:2 .*unique/],
    [`${enough}rules:\n  - match: { vm: * }\n`, /^policy.yaml:4 .*needs quotes/],
    [`${enough}rules:\n  - match: { vm: *-web }\n`, /^policy.yaml:4 Alias .*needs quotes/],
    ['channels: !include other.yaml\n', /^policy.yaml:1 .*!include/],
  ])('names the line of what is no YAML in %j', (text, words) => {
    expect(mistakesIn(text)).toContainEqual(expect.stringMatching(words));
  });

  it.each(['', '# nothing\n', '- a\n', 'text\n'])('refuses a file that holds only %j', (text) => {
    expect(mistakesIn(text)).toEqual([
      expect.stringMatching(/^policy.yaml:1 expected the fields channels and access, got /),
    ]);
  });

  it('says in words that it cannot read the file', () => {
    expect(readPolicy(join(folder, 'none.yaml'))).toEqual({
      ok: false,
      mistakes: [`${folder}/none.yaml: expected the policy file, but there is no such file`],
    });
    expect(readPolicy(folder)).toEqual({
      ok: false,
      mistakes: [`${folder}: expected the policy file, but this is a folder`],
    });
  });

  it('says aloud what hardly anybody means', () => {
    const who = (view: string, disconnect: string, approve: string) =>
      `${channels}${rules}access: { view: ${view}, disconnect: ${disconnect}, approve: ${approve} }\n`;
    expect(warningsIn(who('[]', '[]', '[]'))).toEqual([
      'access.view is empty: nobody sees a session',
      'access.disconnect is empty: nobody can ask to end a session, or acknowledge or snooze an alert',
      'access.approve is empty: no request can be approved',
    ]);
    expect(warningsIn(who('[S1]', '[S1]', '[S1, everyone]'))).toEqual([
      'access.approve includes everyone: anybody but the requester can approve',
    ]);
    expect(warningsIn(who('[S1]', '[U1, U2]', '[U1]'))).toEqual([
      'U1 is the only approver: what they ask for themselves cannot be approved',
    ]);
    expect(warningsIn(who('[S1]', '[U1]', '[U1, U2]'))).toEqual([]);
    expect(warningsIn(`${who('[S1]', '[U1]', '[]')}disconnect: { approval: none }\n`)).toEqual([
      'disconnect.approval is none: sessions are ended without a second person',
    ]);
    expect(warningsIn(enough)).toEqual(['rules is empty: no session is ever alerted on']);
  });

  it('says aloud that a rule after one for everything is never used', () => {
    const text = `${enough}rules:
  - { name: web, match: { vm: web }, warnAfter: 1h }
  - { name: all, match: { vm: "*" }, warnAfter: 1h }
  - { name: db, match: { vm: db }, warnAfter: 1h }
`;
    expect(warningsIn(text)).toEqual(['rule db is never used: all before it matches every session']);
  });

  it('warns of shared logins, and of what may be one', () => {
    const text = `${enough}${rules}people:
  - { vmLogin: ops, slack: [U1, U2] }
  - { vmLogin: dba, slack: U1 }
  - { vmLogin: DBA, email: "dba@Example.com" }
  - { vmLogin: 'CORP\\root', slack: U1 }
  - { vmLogin: 'OTHER\\root', slack: U2 }
  - { vmLogin: fay, slack: U1 }
  - { vmLogin: fay, slack: [U1] }
  - { vmLogin: "*", email: "{login}@example.com" }
`;
    const means =
      'it has no owner unless Slack knows all of them as one person, and none of them approves its end';
    expect(warningsIn(text)).toEqual([
      `people: ops is a shared login (U1, U2): ${means}`,
      `people: dba and DBA may be one login (U1, dba@example.com): where a session fits several of them, ${means}`,
      String.raw`people: CORP\root and OTHER\root may be one login (U1, U2): where a session fits several of them, ${means}`,
    ]);
  });

  it('explains every field', () => {
    for (const { name, meaning } of policyTable) expect([name, meaning]).not.toContain('');
  });
});
