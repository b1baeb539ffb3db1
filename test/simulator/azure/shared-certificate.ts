import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from '../certificate.ts';
import { makeCertificate, readCertificate } from '../certificate.ts';

/** Tests share one certificate, because Node learns whom to trust only when it starts. */
export async function ownOrSharedCertificate(): Promise<Certificate & { discard(): Promise<void> }> {
  const shared = process.env['BASTION_TEST_CERTIFICATE_DIR'];
  if (shared) return { ...(await readCertificate(shared)), discard: async () => undefined };
  const own = await mkdtemp(join(tmpdir(), 'bastion-bot-certificate-'));
  await makeCertificate(own);
  return {
    ...(await readCertificate(own)),
    discard: async () => rm(own, { recursive: true, force: true }),
  };
}
