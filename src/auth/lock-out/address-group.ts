import { interned } from '../../strings/interned.js';
import { rememberByText } from '../../strings/remember-by-text.js';

/**
 * What counts as one peer: an IPv4 address; of IPv6 the /64, since whoever has one address there has all of them (RFC 4291 §2.5.1,
 * RFC 6177).
 *
 * @param address as a socket gives it, IPv4 in its IPv6 spelling and with a zone, too
 */
export const addressGroup = rememberByText((address) => interned(groupOf(address)), { entries: 512, length: 64 });

function groupOf(address: string): string {
  const bare = address.split('%', 1)[0] ?? '';
  if (!bare.includes(':')) return bare;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = bare.split('::', 2);
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 address at the end stands for two groups.
  const length = before.length + after.length + (bare.includes('.') ? 1 : 0);
  const groups =
    tail === undefined ? before : [...before, ...Array<string>(Math.max(0, 8 - length)).fill('0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
