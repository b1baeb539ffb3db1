import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { AppsManifestValidateArguments } from '@slack/web-api';
import { parse } from 'yaml';
import { z } from 'zod';

type Manifest = AppsManifestValidateArguments['manifest'];
type Scope = NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>[number];

/** What each call of ours needs. https://docs.slack.dev/reference/methods */
const scopesOfCalls: Readonly<Record<string, readonly Scope[]>> = {
  // With the app's own token, whose scopes no manifest names.
  'apps.connections.open': [],
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postMessage': ['chat:write', 'im:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.open': ['im:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'bots.info': ['users:read'],
  'users.info': ['users:read'],
  'users.lookupByEmail': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};
/** Without these the bot works, less what needs them. */
const optional: readonly Scope[] = [
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'im:history',
  'usergroups:read',
  'users:read.email',
];

const url = z.literal('https://bastion-bot.example.com/slack/events');

/** As much of Slack's schema as we use, with its limits. https://github.com/slackapi/manifest-schema */
const schema = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2) }),
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
    slash_commands: z.tuple([
      z.strictObject({
        command: z.literal('/bastion'),
        url,
        description: z.string().max(2000),
        usage_hint: z.string().max(1000),
        should_escape: z.literal(true),
      }),
    ]),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({
      bot: z.array(z.enum(['commands', ...Object.values(scopesOfCalls).flat()])),
      bot_optional: z.array(z.enum(optional)),
    }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: url,
      bot_events: z.tuple([
        z.literal('app_home_opened'),
        z.literal('subteam_members_changed'),
        z.literal('subteam_updated'),
        z.literal('user_change'),
      ]),
    }),
    interactivity: z.strictObject({
      is_enabled: z.literal(true),
      request_url: url,
      message_menu_options_url: url,
    }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.literal(false),
    token_rotation_enabled: z.literal(false),
  }),
});

describe('the manifest', () => {
  const manifest: Manifest & z.output<typeof schema> = schema.parse(
    parse(readFileSync('manifest.yml', 'utf8')),
  );

  it('asks for every scope that our calls need, and lets the workspace leave some out', () => {
    const needed = new Set(['commands', ...Object.values(scopesOfCalls).flat()]);
    const { bot, bot_optional } = manifest.oauth_config.scopes;
    expect([...bot].sort()).toEqual([...needed].sort());
    expect(bot_optional).toEqual(optional);
  });

  it('knows every call we make', () => {
    const folder = 'src/slack';
    const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    const calls = [...code.matchAll(/\b(?:client|interactive|background)\.((?:[a-z]+\.)+[a-zA-Z]+)\(/g)];
    expect(new Set(calls.map(([, method]) => method))).toEqual(new Set(Object.keys(scopesOfCalls)));
  });
});
