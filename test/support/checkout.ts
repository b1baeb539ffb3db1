import { cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const source = ['launch', 'src', 'test', 'package.json', 'package-lock.json', 'tsconfig.json', '.npmrc'];

/** A copy of this checkout, in which nothing is built yet. */
export async function copyCheckout(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'bastion-bot-checkout-'));
  await Promise.all(source.map(async (name) => cp(join(root, name), join(copy, name), { recursive: true })));
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}
