import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadClientAuthorities } from '../../src/http/client-authorities.js';
import { createAuthority } from '../support/certificate-authority.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-authorities-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('the authorities of client certificates', () => {
  it('are read, several from one file, with their revocation lists', async () => {
    const [one, two] = [await createAuthority('CN=One'), await createAuthority('CN=Two')];
    const certificates = `${one.cert}\n${two.cert}\n`;
    const lists = `${await one.revoke()}\n${await two.revoke()}\n`;
    const loaded = await loadClientAuthorities(await file('two.pem', certificates), await file('two.crl', lists));
    expect(loaded).toEqual({ certificates, revocationLists: lists });
  });

  it.each([
    ['is empty', '', 'holds no PEM certificate'],
    ['is something else', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n', 'holds no PEM certificate'],
    [
      'holds what only looks like one',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      'holds a certificate that cannot be read',
    ],
  ])('are refused by name when the file %s', async (_, content, problem) => {
    const path = await file('bad.pem', content);
    await expect(loadClientAuthorities(path)).rejects.toThrow(`${path} ${problem}`);
  });

  it('are refused by name when there is no such file', async () => {
    const path = join(folder, 'none.pem');
    await expect(loadClientAuthorities(path)).rejects.toThrow(`cannot read ${path} (ENOENT)`);
  });

  it('are refused with a revocation list that is none', async () => {
    const { cert } = await createAuthority();
    const [ca, crl] = [await file('good.pem', cert), await file('bad.crl', cert)];
    await expect(loadClientAuthorities(ca, crl)).rejects.toThrow(`${crl} holds no PEM revocation list`);
  });
});
