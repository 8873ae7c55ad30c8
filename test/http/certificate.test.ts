import { X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CertificateError,
  keptCertificate,
  loadCertificate,
  temporaryCertificate,
} from '../../src/http/certificate.js';
import { makeSelfSignedCertificate } from '../../src/http/self-signed-certificate.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cimulator-certificate-'));
});
afterEach(() => rm(directory, { recursive: true }));

const certPath = (): string => join(directory, 'tls-certificate.pem');
const keyPath = (): string => join(directory, 'tls-key.pem');

describe('the self-signed certificate', () => {
  it('is good for this machine by name and by loopback address, for two years, as a server', async () => {
    const { certificate } = await makeSelfSignedCertificate(new Date('2026-01-02T00:00:00Z'));
    const x509 = new X509Certificate(certificate);
    for (const name of [hostname().toLowerCase(), 'localhost']) expect(x509.checkHost(name)).toBe(name);
    for (const address of ['127.0.0.1', '::1']) expect(x509.checkIP(address)).toBe(address);
    expect([x509.validFrom, x509.validTo]).toEqual(['Jan  1 00:00:00 2026 GMT', 'Jan  2 00:00:00 2028 GMT']);
    expect(x509.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(x509.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  });

  it('is made once and kept, its key for the owner only', async () => {
    const reasons: string[] = [];
    const first = await keptCertificate(directory, (why) => reasons.push(why));
    const second = await keptCertificate(directory, (why) => reasons.push(why));
    expect(second).toEqual(first);
    expect(reasons).toEqual([]);
    expect((await stat(keyPath())).mode & 0o777).toBe(0o600);
  });

  it('is one for all that start at once', async () => {
    const made = await Promise.all([1, 2, 3].map(() => keptCertificate(directory)));
    expect(new Set(made.map(({ fingerprints }) => fingerprints.sha256)).size).toBe(1);
    expect(await keptCertificate(directory)).toEqual(made[0]);
  });

  it.skipIf(process.platform === 'win32').each([
    ['its key', keyPath, 0o644],
    ['its folder', () => directory, 0o777],
    ['it', certPath, 0o666],
  ])('is not used when others may change %s, nor replaced', async (_what, path, mode) => {
    const { certificate } = await keptCertificate(directory);
    await chmod(path(), mode);
    await expect(keptCertificate(directory)).rejects.toThrow(/^others may .*: chmod go/);
    expect(await readFile(certPath(), 'utf8')).toBe(certificate);
  });

  it('differs from run to run where nothing is kept', async () => {
    const [one, two] = await Promise.all([temporaryCertificate(), temporaryCertificate()]);
    expect(one.fingerprints).not.toEqual(two.fingerprints);
  });

  it('shows its fingerprints as Windows and as OpenSSL do', async () => {
    const { fingerprints } = await keptCertificate(directory);
    expect(fingerprints.sha1).toMatch(/^[0-9A-F]{40}$/);
    expect(fingerprints.sha256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  it.each([
    ['the certificate is spoilt', () => writeFile(certPath(), 'x'), /not a PEM certificate/],
    ['the key is spoilt', () => writeFile(keyPath(), 'x'), /not an unencrypted PEM private key/],
    ['the key is gone', () => rm(keyPath()), /there is no key/],
    [
      'they do not belong together',
      async () => writeFile(keyPath(), (await makeSelfSignedCertificate()).privateKey),
      /does not belong to/,
    ],
    [
      'it has ended',
      async () => {
        const old = await makeSelfSignedCertificate(new Date('2020-01-01T00:00:00Z'));
        await writeFile(certPath(), old.certificate);
        await writeFile(keyPath(), old.privateKey);
      },
      /ended on 2021-12-31/,
    ],
  ])('is made anew, with the reason, when %s', async (_why, spoil, reason) => {
    const first = await keptCertificate(directory);
    await spoil();
    const reasons: string[] = [];
    const second = await keptCertificate(directory, (why) => reasons.push(why));
    expect(second.fingerprints).not.toEqual(first.fingerprints);
    expect(reasons).toEqual([expect.stringMatching(reason)]);
    expect(await readFile(certPath(), 'utf8')).toBe(second.certificate);
  });

  it('that cannot be kept is an error in one line', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(keptCertificate(join(directory, 'file'))).rejects.toThrow(/^cannot (keep|read) the .*$/);
  });
});

describe("the operator's certificate", () => {
  it('is used as it is', async () => {
    const made = await keptCertificate(directory);
    expect(await loadCertificate(certPath(), keyPath())).toEqual(made);
  });

  it.each([
    ['is missing', () => Promise.resolve(), /^there is no certificate .*$/],
    ['is a folder', () => Promise.resolve(), /^cannot read the certificate .* \(EISDIR\)$/],
    [
      'is a key',
      async () => writeFile(certPath(), (await makeSelfSignedCertificate()).privateKey),
      /is not a PEM certificate$/,
    ],
  ])('that %s is an error in one line', async (what, prepare, message) => {
    await keptCertificate(directory);
    await prepare();
    const path = what === 'is missing' ? join(directory, 'none') : what === 'is a folder' ? directory : certPath();
    const loading = loadCertificate(path, keyPath());
    await expect(loading).rejects.toThrow(CertificateError);
    await expect(loading).rejects.toThrow(message);
  });
});
