import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const componentShape = z.object({
  name: z.string(),
  version: z.string(),
  properties: z.array(z.object({ name: z.string(), value: z.string() })),
  hashes: z.array(z.object({ alg: z.string(), content: z.string() })).min(1),
  licenses: z.array(z.object({ license: z.object({ id: z.string() }) })).min(1),
});
const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string(), dev: z.boolean().optional(), integrity: z.string().optional() }),
  ),
});
const free = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD']);

describe('the bill of materials', () => {
  it('names every package that is shipped, with a checksum and a licence that leaves everybody free', async () => {
    const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
      maxBuffer: 32 * 1024 * 1024,
    });
    const { components } = z.object({ components: z.array(z.looseObject({})) }).parse(JSON.parse(stdout));
    const shipped = components
      .filter((each) => !JSON.stringify(each).includes('cdx:npm:package:development'))
      .map((each) => componentShape.parse(each));
    const { packages } = lockShape.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
    const unsealed = Object.entries(packages).filter(
      ([path, { integrity }]) => path !== '' && integrity?.startsWith('sha512-') !== true,
    );
    expect(unsealed).toEqual([]);
    const locked = Object.entries(packages)
      .filter(([path, { dev = false }]) => path !== '' && !dev)
      .map(([path, { version }]) => `${path.split('node_modules/').at(-1) ?? ''} ${version}`);
    const named = shipped.map(({ name, version }) => `${name} ${version}`);
    expect([...new Set(named)].toSorted()).toEqual([...new Set(locked)].toSorted());
    const licences = shipped.flatMap(({ licenses }) => licenses.map(({ license }) => license.id));
    expect(licences.filter((id) => !free.has(id))).toEqual([]);
  });
});
