import { afterEach, describe, expect, it } from '@jest/globals';
import { wayOut } from '../../../src/net/way-out.ts';
import { clouds } from '../../../src/azure/arm/clouds.ts';
import { azureCredential } from '../../../src/azure/arm/credential.ts';

const given = process.env['AZURE_TOKEN_CREDENTIALS'];

afterEach(() => {
  if (given === undefined) delete process.env['AZURE_TOKEN_CREDENTIALS'];
  else process.env['AZURE_TOKEN_CREDENTIALS'] = given;
});

describe('the credential', () => {
  it('refuses an AZURE_TOKEN_CREDENTIALS that nobody knows, by name', () => {
    process.env['AZURE_TOKEN_CREDENTIALS'] = 'ManagedIdentity';
    expect(() => azureCredential(clouds.public, wayOut())).toThrow(
      /AZURE_TOKEN_CREDENTIALS = ManagedIdentity/,
    );
  });
});

describe('a cloud', () => {
  it.each(Object.values(clouds))('$resourceManagerUrl takes tokens of its own', (cloud) => {
    expect(cloud.tokenScope).toBe(`${cloud.resourceManagerUrl}/.default`);
    expect(cloud.authorityHost).toMatch(/^https:\/\/login\./);
  });
});
