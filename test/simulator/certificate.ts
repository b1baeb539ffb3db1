import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface Certificate {
  /** For NODE_EXTRA_CA_CERTS, which Node reads once, at its start. */
  readonly certFile: string;
  /** Both PEM. */
  readonly cert: string;
  readonly key: string;
}

/** Names that nobody can look up but a proxy, and Entra's own, which the bot cannot be told to find elsewhere. */
export const namesBehindProxy = {
  slack: 'slack.test',
  resourceManager: 'management.test',
  logs: 'logs.test',
  entra: 'login.microsoftonline.com',
} as const;

/** Writes `cert.pem` and `key.pem` for 127.0.0.1, localhost and `names`; the certificate vouches for itself. */
export async function makeCertificate(dir: string, names: readonly string[] = []): Promise<void> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...['localhost', ...names].map((value) => ({ type: 2 as const, value })),
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'cert.pem'), cert);
  await writeFile(join(dir, 'key.pem'), key, { mode: 0o600 });
}

export async function readCertificate(dir: string): Promise<Certificate> {
  const certFile = join(dir, 'cert.pem');
  const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(join(dir, 'key.pem'), 'utf8')]);
  return { certFile, cert, key };
}
