/** Where each person of the demo comes from; those whom Slack does not know are contractors. */
const addresses: Readonly<Record<string, string>> = {
  alice: '10.1.4.17',
  bob: '10.1.4.22',
  carol: '10.1.7.3',
  dana: '10.1.7.41',
  erin: '203.0.113.24',
  frank: '198.51.100.77',
};

const contractors: ReadonlySet<string> = new Set(['erin', 'frank']);
const browser = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Edg/142.0';

/** The same for a login that somebody starts a session with: whoever is called so, or a contractor. */
export function originOfLogin(login = '') {
  return originOf(Object.hasOwn(addresses, login) ? login : 'erin');
}

/** What the audit log has of somebody's connection. */
export function originOf(name: string) {
  return {
    entraUser: `${name}@${contractors.has(name) ? 'contractor.example' : 'example.com'}`,
    clientAddress: addresses[name] ?? '192.0.2.1',
    userAgent: browser,
  };
}
