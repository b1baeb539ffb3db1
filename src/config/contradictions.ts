import { entraMistakes } from './redis-url.ts';
import { variables } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export function contradictions(given: Environment): readonly string[] {
  const role = variables.shape.ROLE.safeParse(given['ROLE']).data;
  const slackPort = variables.shape.PORT.safeParse(given['PORT']).data;
  const adminPort = variables.shape.ADMIN_PORT.safeParse(given['ADMIN_PORT']).data;
  const mistakes: string[] = [];
  const overSocket = Boolean(given['SLACK_APP_TOKEN']);
  const overHttp = Boolean(given['SLACK_SIGNING_SECRET']);
  if (overSocket === overHttp && (overHttp || role !== 'worker')) {
    const got = overHttp ? 'both' : 'neither';
    mistakes.push(`SLACK_APP_TOKEN, SLACK_SIGNING_SECRET: expected one of the two, got ${got}`);
  }
  if (role !== 'worker' && !overSocket && slackPort && slackPort === adminPort) {
    mistakes.push(`PORT, ADMIN_PORT: expected two different ports, got ${slackPort} for both`);
  }
  if ((role === 'bot' || role === 'worker') && !given['REDIS_URL']) {
    mistakes.push(`REDIS_URL: expected the Redis that all roles share, because ROLE is ${role}; got nothing`);
  }
  return [...mistakes, ...(given['REDIS_CREDENTIAL'] === 'entra' ? entraMistakes(given['REDIS_URL']) : [])];
}
