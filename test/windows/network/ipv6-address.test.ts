import { describe, expect, it } from 'vitest';
import { canonicalIPv6, networkOfIPv6 } from '../../../src/windows/network/ipv6-address.js';

describe('an IPv6 address', () => {
  it.each([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['fe80::1%4', 'fe80::1%4'],
    ['fe80::1%eth0.5', 'fe80::1%eth0.5'],
    ['::', '::'],
  ])('%s is written %s', (given, written) => {
    expect(canonicalIPv6(given)).toBe(written);
  });

  it.each(['', 'fe80::1%', 'fe80::1%4%5', 'fe80::1%a b', `fe80::1%${'x'.repeat(65)}`, '192.0.2.1', '2001:db8:::1'])(
    '%s is none',
    (given) => {
      expect(canonicalIPv6(given)).toBeUndefined();
    },
  );

  it('lies in the network of its first bits', () => {
    expect(networkOfIPv6('2001:db8:1:2:3::1', 48)).toBe('2001:db8:1::');
    expect(networkOfIPv6('fe80::1%4', 64)).toBe('fe80::');
  });
});
