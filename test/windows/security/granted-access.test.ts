import { describe, expect, it } from 'vitest';
import { grantedAccess } from '../../../src/windows/security/granted-access.js';

const entry = (sid: string, accessMask: number, isDenied = false) => ({ sid, accessMask, isDenied, flags: 0 });
const caller = new Set(['S-1-1-0', 'S-1-5-21-1']);

describe('granted access', () => {
  it('is the sum of what the caller is allowed, in the order of the list', () => {
    expect(grantedAccess([entry('S-1-1-0', 1), entry('S-1-5-21-1', 2), entry('S-1-5-18', 4)], undefined, caller)).toBe(
      3,
    );
    expect(grantedAccess([entry('S-1-1-0', 1, true), entry('S-1-5-21-1', 3)], undefined, caller)).toBe(2);
    expect(grantedAccess([entry('S-1-5-21-1', 3), entry('S-1-1-0', 1, true)], undefined, caller)).toBe(3);
  });

  it('is not that of what lies below', () => {
    const inheritOnly = { ...entry('S-1-1-0', 2), flags: 0xa };
    expect(grantedAccess([inheritOnly, entry('S-1-1-0', 1)], undefined, caller)).toBe(1);
    expect(grantedAccess([{ ...inheritOnly, isDenied: true }, entry('S-1-1-0', 3)], undefined, caller)).toBe(3);
  });

  it('is everything without a list, nothing of an empty one, and for an owner to mend', () => {
    expect(grantedAccess(undefined, undefined, caller)).toBe(0xffffffff);
    expect(grantedAccess([], undefined, caller)).toBe(0);
    expect(grantedAccess([], 'S-1-5-21-1', caller)).toBe(0x60000);
    expect(grantedAccess([], undefined, 'everything')).toBe(0xffffffff);
  });
});
