/** The bits of NegotiateFlags that matter here (MS-NLMP 2.2.2.5); the specification's names without their prefix. */
export const NegotiateFlag = {
  unicode: 0x0000_0001,
  oem: 0x0000_0002,
  requestTarget: 0x0000_0004,
  sign: 0x0000_0010,
  seal: 0x0000_0020,
  datagram: 0x0000_0040,
  lmKey: 0x0000_0080,
  ntlm: 0x0000_0200,
  anonymous: 0x0000_0800,
  oemDomainSupplied: 0x0000_1000,
  oemWorkstationSupplied: 0x0000_2000,
  alwaysSign: 0x0000_8000,
  targetTypeServer: 0x0002_0000,
  extendedSessionSecurity: 0x0008_0000,
  identify: 0x0010_0000,
  targetInfo: 0x0080_0000,
  version: 0x0200_0000,
  key128: 0x2000_0000,
  keyExchange: 0x4000_0000,
  key56: 0x8000_0000,
} as const;

/** Whether any of the bits is set. */
export function hasFlag(flags: number, bits: number): boolean {
  return (flags & bits) !== 0;
}

/** Bits joined to one unsigned number. */
export function joinFlags(...bits: readonly number[]): number {
  return bits.reduce((flags, bit) => flags | bit, 0) >>> 0;
}
