/** The VERSION structure (MS-NLMP 2.2.2.10), which is there for debugging only. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
}

export const VERSION_BYTES = 8;

/** Version 15 of NTLMSSP, the only one that has messages of this shape. */
const REVISION_W2K3 = 15;

/** Eight bytes; zeros when there is no version to tell. */
export function writeVersion(version: Version | undefined): Buffer {
  const bytes = Buffer.alloc(VERSION_BYTES);
  if (version === undefined) return bytes;
  bytes.writeUInt8(version.major, 0);
  bytes.writeUInt8(version.minor, 1);
  bytes.writeUInt16LE(version.build, 2);
  bytes.writeUInt8(REVISION_W2K3, 7);
  return bytes;
}
