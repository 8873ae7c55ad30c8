import { isIPv6 } from 'node:net';

/** An IPv6 address as a number. */
function toNumber(address: string): bigint {
  const [head = '', tail] = address.split('::');
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'));
  const [first, last] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  return [...first, ...zeros, ...last].reduce((number, group) => number * 65_536n + BigInt(`0x${group}`), 0n);
}

/** The address as it is written: without zeros in front, the longest row of them as `::` (RFC 5952). Undefined when it is none. */
export function canonicalIPv6(address: string): string | undefined {
  const [, plain = '', scope] = /^([^%]*)(?:%([\w.-]{1,64}))?$/.exec(address) ?? [];
  if (!isIPv6(plain)) return undefined;
  const written = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  return scope === undefined ? written : `${written}%${scope}`;
}

/** The first address of the network that an address lies in. */
export function networkOfIPv6(address: string, prefixLength: number): string {
  const written = canonicalIPv6(address)?.split('%')[0] ?? '::';
  const size = 1n << BigInt(128 - prefixLength);
  const network = (toNumber(written) / size) * size;
  const groups = Array.from({ length: 8 }, (_, at) => ((network >> BigInt(112 - 16 * at)) & 0xffffn).toString(16));
  return canonicalIPv6(groups.join(':')) ?? '::';
}
