import { describe, expect, it } from 'vitest';
import { descriptorBytes, readDescriptor } from '../../../src/windows/security/descriptor-bytes.js';
import { formatSddl, parseSddl } from '../../../src/windows/security/sddl.js';

/** As Microsoft's pages and tools write them; that of WMI's namespaces and that of a service among them. */
const texts = [
  '',
  'O:BAG:BAD:AI(A;CIID;CCDCLCSWRPWPRCWD;;;BA)(A;CIID;CCDCRP;;;NS)(A;CIID;CCDCRP;;;LS)(A;CIID;CCDCRP;;;AU)',
  'D:(A;;CCLCSWRPWPDTLOCRRC;;;SY)(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;BA)S:(AU;FA;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;WD)',
  'O:S-1-5-21-1-2-3-500G:S-1-5-21-1-2-3-513D:PARAI(D;OICINPIO;0x1200a9;;;S-1-5-21-1-2-3-1000)',
  'D:NO_ACCESS_CONTROL',
  'D:P',
  'S:AI',
  'D:(A;;KA;;;SY)(A;;GR;;;WD)',
];

const others = [
  'O:XX',
  'D',
  'D:(A;;CC;;;WD',
  'D:((A;;CC;;;WD))',
  'D:(A;;CC;;WD)',
  'D:(A;;CC;;;)',
  'D:(X;;CC;;;WD)',
  'D:(A;XX;CC;;;WD)',
  'D:(A;;XX;;;WD)',
  'D:(A;;0x1ffffffff;;;WD)',
  'D:(A;;9999999999;;;WD)',
  'D:(A;;CC;;;S-1-5-4294967296)',
  'D:NO_ACCESS_CONTROL(A;;CC;;;WD)',
  'D:(XA;;FX;;;WD;(@User.Title=="PM"))',
];

describe('the language of security descriptors', () => {
  it.each(texts)('%s: is written as it was read', (text) => {
    const parts = parseSddl(text);
    expect(parts && formatSddl(parts)).toBe(text);
  });

  it.each(texts)('%s: says the same in bytes', (text) => {
    const parts = parseSddl(text);
    expect(readDescriptor((parts && descriptorBytes(parts)) ?? [])).toEqual(parts);
  });

  it.each(others)('%s: is none', (text) => {
    expect(parseSddl(text)).toBeUndefined();
  });

  it('takes small letters, blanks around a value, and rights as a number', () => {
    const parts = parseSddl(' o:bad:( a ; oi ; 131072 ;;; wd )');
    expect(parts && formatSddl(parts)).toBe('O:BAD:(A;OI;RC;;;WD)');
  });

  it('has no entry in bytes that is shorter than who it is of', () => {
    const parts = parseSddl('D:(A;;CC;;;WD)(A;;CC;;;BA)');
    const bytes = [...((parts && descriptorBytes(parts)) ?? [])];
    // Of the last of the two, before which stand both headers and the first.
    const length = 20 + 8 + 20 + 2;
    expect(bytes[length]).toBe(24);
    expect(readDescriptor(bytes)).toEqual(parts);
    expect(readDescriptor(bytes.with(length, 20))).toBeUndefined();
  });

  it('is read in time that grows with its length', () => {
    const text = `D:${'(A;;CC;;;WD)'.repeat(20_000)}`;
    const begin = performance.now();
    expect(parseSddl(text)?.dacl).toHaveLength(20_000);
    expect(parseSddl(`${text}(`)).toBeUndefined();
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});

describe('the bytes of a security descriptor', () => {
  const whole = descriptorBytes(parseSddl(texts[2] ?? '') as NonNullable<ReturnType<typeof parseSddl>>) ?? [];

  it('are refused wherever they end too early', () => {
    for (let end = 0; end < whole.length; end += 1)
      expect(readDescriptor(whole.slice(0, end)), `${end}`).toBeUndefined();
  });

  it('are read or refused, whatever one of them is', () => {
    for (let at = 0; at < whole.length; at += 1)
      for (const value of [0, 1, 127, 255]) expect(() => readDescriptor(whole.with(at, value))).not.toThrow();
  });

  it('are none where a list would be longer than it can say', () => {
    const dacl = parseSddl(`D:${'(A;;CC;;;WD)'.repeat(4000)}`);
    expect(dacl && descriptorBytes(dacl)).toBeUndefined();
  });
});
