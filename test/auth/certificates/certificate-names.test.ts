import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCertificateNames } from '../../../src/auth/certificates/certificate-names.js';
import { MalformedTokenError } from '../../../src/auth/malformed-token-error.js';
import { edits, mutate } from '../../robustness/auth/mutation.js';
import { type CertificateAuthority, createAuthority, derOf } from '../../support/certificate-authority.js';

let authority: CertificateAuthority;
beforeAll(async () => {
  authority = await createAuthority();
});

async function namesOf(subject: string, upn?: string) {
  const { cert } = await authority.issue(upn === undefined ? { subject } : { subject, upn });
  return readCertificateNames(derOf(cert));
}

describe('the names in a certificate', () => {
  it('are the common name of its subject, not of its issuer', async () => {
    expect(await namesOf('CN=alice,O=Corp')).toEqual({ commonNames: ['alice'], principalNames: [] });
  });

  it('are all common names, in their order', async () => {
    expect((await namesOf('CN=alice,OU=x,CN=bob')).commonNames).toEqual(['alice', 'bob']);
  });

  it('are no other attributes', async () => {
    expect((await namesOf('O=alice')).commonNames).toEqual([]);
  });

  it('are the user principal name', async () => {
    expect((await namesOf('CN=x', 'alice@corp.example')).principalNames).toEqual(['alice@corp.example']);
  });

  it('keep what is not ASCII', async () => {
    expect(await namesOf('CN=Jörg 堀', 'jörg@corp.example')).toEqual({
      commonNames: ['Jörg 堀'],
      principalNames: ['jörg@corp.example'],
    });
  });

  it('are one where the text form looks like two', async () => {
    expect((await namesOf('CN=x\\, CN\\=alice')).commonNames).toEqual(['x, CN=alice']);
  });

  it('leave out what has control characters', async () => {
    expect((await namesOf('CN=alice\u0000.evil')).commonNames).toEqual([]);
  });

  it('of bytes that are no certificate are refused, whatever they are', async () => {
    const der = derOf((await authority.issue({ upn: 'alice@corp.example' })).cert);
    fc.assert(
      fc.property(edits, (changes) => {
        try {
          readCertificateNames(mutate(der, changes));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedTokenError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
