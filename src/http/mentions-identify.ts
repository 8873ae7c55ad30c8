const spellings = [
  Buffer.from('Identify'),
  Buffer.from('Identify', 'utf16le'),
  Buffer.from('Identify', 'utf16le').swap16(),
];

/**
 * Whether a message may be an Identify, in UTF-8 or UTF-16. Of one that cannot, nothing more has to be read before its
 * caller is asked for credentials.
 */
export function mentionsIdentify(body: Buffer): boolean {
  return spellings.some((spelling) => body.includes(spelling));
}
