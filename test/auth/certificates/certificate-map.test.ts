import { describe, expect, it } from 'vitest';
import {
  accountsOf,
  CertificateMappingError,
  parseCertificateMapping,
} from '../../../src/auth/certificates/certificate-map.js';

const certificate = (commonNames: string[], principalNames: string[] = []) => ({ commonNames, principalNames });
const namesOf = (...of: Parameters<typeof accountsOf>) => accountsOf(...of).map(({ account }) => account);

describe('without mappings a certificate stands for', () => {
  it('the account of its principal name, whole or without the domain', () => {
    expect(accountsOf(certificate(['x'], ['alice@corp.example']), [])).toEqual([
      { account: 'alice@corp.example', domain: undefined },
      { account: 'alice', domain: 'corp.example' },
    ]);
  });

  it('the account of its common name when it has no principal name', () => {
    expect(namesOf(certificate(['alice']), [])).toEqual(['alice']);
  });

  it('no account that is only part of a common name', () => {
    expect(namesOf(certificate(['alice@corp.example', 'CORP\\bob']), [])).toEqual(['alice@corp.example', 'CORP\\bob']);
  });
});

describe('with mappings a certificate stands for', () => {
  const mappings = ['boss@corp.example=root', '*@corp.example=staff', 'build * agent=ci'].map(parseCertificateMapping);

  it.each([
    ['the first that fits', certificate([], ['boss@corp.example']), ['root']],
    ['the one that fits in another case', certificate([], ['BOSS@Corp.Example']), ['root']],
    ['the one whose asterisk fits', certificate([], ['alice@corp.example']), ['staff']],
    ['the one whose asterisk fits nothing', certificate([], ['@corp.example']), ['staff']],
    ['the one that fits its common name', certificate(['Build Linux Agent']), ['ci']],
    ['nobody when its name begins like one', certificate([], ['boss@corp.example.evil']), []],
    ['nobody when its name ends like one', certificate([], ['alice@xcorp.example']), []],
    ['nobody when the parts overlap', certificate(['build agent']), []],
    ['nobody by a common name beside a principal name', certificate(['build 7 agent'], ['x@y']), []],
  ])('%s', (_, names, accounts) => {
    expect(namesOf(names, mappings)).toEqual(accounts);
  });

  it('several asterisks, in order', () => {
    const several = [parseCertificateMapping('a*b*c=it')];
    expect(namesOf(certificate(['a-b-c']), several)).toEqual(['it']);
    expect(namesOf(certificate(['a-c-b']), several)).toEqual([]);
  });
});

describe('a mapping in text', () => {
  it('is parted by its last equals sign', () => {
    expect(parseCertificateMapping(' CN=x = alice ')).toEqual({ name: 'CN=x', account: 'alice' });
  });

  it.each(['', '=', 'alice', '=alice', 'alice='])('is refused: %j', (text) => {
    expect(() => parseCertificateMapping(text)).toThrow(CertificateMappingError);
  });
});
