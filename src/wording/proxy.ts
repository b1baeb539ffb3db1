import type { ProxyTrouble } from '../domain/hosts/proxy-trouble.ts';
import { inert, nameLength } from './foreign.ts';
import type { Words } from './words.ts';
import { code, words } from './words.ts';

/** What kept the bot from Azure, as the part of a sentence that follows a colon. */
export function proxyCause(trouble: ProxyTrouble): Words {
  const name = code(inert(trouble.name, nameLength));
  switch (trouble.is) {
    case 'refused':
      return trouble.status >= 500
        ? words`the proxy ${name} could not reach Azure (${trouble.status})`
        : words`the proxy ${name} refused the way to Azure (${trouble.status})`;
    case 'unreachable':
      return words`the proxy ${name}, which leads to Azure, could not be reached`;
    case 'silent':
      return words`the proxy ${name}, which leads to Azure, did not answer in time`;
  }
}

export function proxyAdvice(trouble: ProxyTrouble): Words {
  if (trouble.is !== 'refused') return words`Check whether it runs, and whether HTTPS_PROXY names it.`;
  if (trouble.status >= 500) return words`This usually passes by itself.`;
  return trouble.status === 407
    ? words`Check the user and the password in HTTPS_PROXY.`
    : words`Whoever runs it has to allow it, or NO_PROXY has to name what is reached without it.`;
}
