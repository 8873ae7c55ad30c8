/** Pieces of the tokens of SPNEGO, NTLM and Kerberos: tags with lengths, names, descriptors. */
export const TOKEN_WORDS = [
  ...[
    'NTLMSSP\0',
    'NTLMSSP\0\u0001\0\0\0',
    'NTLMSSP\0\u0002\0\0\0',
    'NTLMSSP\0\u0003\0\0\0',
    '\0\0\0\0',
    '\u0007\0\u0008\0',
  ],
  ...[
    '\u0060',
    '\u0030\u0000',
    '\u0030\u0001',
    '\u0004\u0000',
    '\u0006\u0006\u002b\u0006\u0001\u0005\u0005\u0002',
    '\u000a\u0001\u0001',
  ],
  ...[
    '\u0006\u0000',
    '\u0001\u0001\u0000',
    '\u0002\u0001\u0005',
    '\u0003\u0002\u0001\u0000',
    '\u001f\u007f',
    'a\0b\0',
    'vm',
    '\0',
  ],
] as unknown as readonly [string, ...string[]];
