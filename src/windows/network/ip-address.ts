import { isIPv4, isIPv6 } from 'node:net';

/** An IPv4 address as a number. */
function toNumber(address: string): number {
  return address.split('.').reduce((number, octet) => number * 256 + Number(octet), 0);
}

function toAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** Whether it may be the address of an adapter: no network as a whole, no loopback, no group. */
export function isHostAddress(address: string): boolean {
  if (!isIPv4(address)) return false;
  const first = Number(address.split('.')[0]);
  return first > 0 && first !== 127 && first < 224;
}

/** How many bits a mask has from the left; undefined when it is none: `255.255.255.0` has 24. */
export function prefixLengthOf(mask: string): number | undefined {
  if (!isIPv4(mask)) return undefined;
  const bits = toNumber(mask).toString(2).padStart(32, '0');
  const length = bits.indexOf('0') < 0 ? 32 : bits.indexOf('0');
  return bits.includes('1', length) || length === 0 ? undefined : length;
}

/** The mask of so many bits, 0 to 32. */
export function maskOf(prefixLength: number): string {
  return toAddress(2 ** 32 - 2 ** (32 - prefixLength));
}

/** The first address of the network that an address lies in. */
export function networkOf(address: string, prefixLength: number): string {
  const size = 2 ** (32 - prefixLength);
  return toAddress(Math.floor(toNumber(address) / size) * size);
}

/** The last one, to which all in the network listen. */
export function broadcastOf(address: string, prefixLength: number): string {
  const size = 2 ** (32 - prefixLength);
  return toAddress(Math.floor(toNumber(address) / size) * size + size - 1);
}

export function isAddress(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

/** The address that an adapter gives itself where no DHCP server answers (RFC 3927): of its hardware address, so that it stays the same. */
export function linkLocalOf(macAddress: string): string {
  const [high = 0, low = 0] = macAddress
    .split(':')
    .slice(-2)
    .map((octet) => Number.parseInt(octet, 16));
  return `169.254.${1 + (high % 254)}.${1 + (low % 254)}`;
}
